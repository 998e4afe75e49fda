import StageKit
import Synchronization

/// The worker processes that are there at this moment, by their number: what an operator is shown.
package final class WorkerRoster: Sendable {
  /// One process.
  package struct Entry: Sendable, Hashable {
    /// As in events and attempts, from 1.
    package let number: Int
    package let process: Int32
    /// Units that it is through with.
    package fileprivate(set) var units = 0
    /// The unit that it works on; nil where it waits for one.
    package fileprivate(set) var unit: UnitID?
  }

  private let entries = Mutex<[Int: Entry]>([:])

  init() {}

  /// By number.
  package var all: [Entry] { entries.withLock { $0.values.sorted { $0.number < $1.number } } }

  func started(_ number: Int, process: Int32) {
    entries.withLock { $0[number] = Entry(number: number, process: process) }
  }

  func begins(_ unit: UnitID, at number: Int) { entries.withLock { $0[number]?.unit = unit } }

  func ended(at number: Int) {
    entries.withLock { entries in
      entries[number]?.unit = nil
      entries[number]?.units += 1
    }
  }

  func isGone(_ number: Int) { entries.withLock { $0[number] = nil } }
}
