import Checkpoints
import Ledger
import StageKit

/// Results that no job needs: no unit names their key, and no attempt of a job that is there made them.
///
/// What an earlier option yielded is kept as long as its job: going back to it costs nothing.
struct IdleResults {
  private let ledger: LedgerInspection

  init(_ ledger: LedgerInspection) { self.ledger = ledger }

  /// Keys held in memory at once, some 20 megabytes; beyond that the attempts are walked once more for each such number.
  private static let batch = 100_000
  private static let step = 500

  /// Tells the keys in steps.
  ///
  /// - Returns: how many there are.
  @discardableResult
  func keys(_ body: ([Digest]) throws -> Void) throws -> Int {
    var last: Int64 = 0
    var count = 0
    while true {
      var candidates: Set<Digest> = []
      var isAtEnd = false
      while candidates.count < Self.batch, !isAtEnd {
        let page = try ledger.artifacts(after: last, idle: true, limit: Self.step)
        candidates.formUnion(page.map(\.key))
        last = page.last?.number ?? last
        isAtEnd = page.count < Self.step
      }
      if !candidates.isEmpty { try removeAttempted(&candidates) }
      let keys = candidates.sorted { $0.hex < $1.hex }
      count += keys.count
      for start in stride(from: 0, to: keys.count, by: Self.step) {
        try body(Array(keys[start..<min(start + Self.step, keys.count)]))
      }
      if isAtEnd { return count }
    }
  }

  private func removeAttempted(_ candidates: inout Set<Digest>) throws {
    var job: JobID?
    while true {
      let page = try ledger.jobs(after: job, limit: Self.step)
      for record in page where !record.deleted {
        var fence: Int64 = 0
        while true {
          let attempts = try ledger.attempts(of: record.manifest.id, after: fence, limit: Self.step)
          candidates.subtract(attempts.map(\.key))
          guard attempts.count == Self.step, let last = attempts.last else { break }
          fence = last.fence
        }
      }
      guard page.count == Self.step, let last = page.last else { return }
      job = last.manifest.id
    }
  }
}
