import Synchronization

/// A number that many threads count up and down, and anyone reads.
package final class Counter: Sendable {
  private let cell = Atomic<Int>(0)

  package init() {}

  package var value: Int { cell.load(ordering: .relaxed) }

  package func add(_ amount: Int = 1) { cell.wrappingAdd(amount, ordering: .relaxed) }
}
