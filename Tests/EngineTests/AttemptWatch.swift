import Checkpoints
import Ledger
import StageKit

/// Tells which units of a job were tried since it was asked last.
struct AttemptWatch {
  private let harness: EngineHarness
  private let job: JobID
  private var seen: Set<Int64> = []

  /// Begins now.
  init(_ harness: EngineHarness, _ job: JobID) async throws {
    self.harness = harness
    self.job = job
    _ = try await units()
  }

  /// Their names, sorted.
  mutating func units() async throws -> [String] {
    let new = try await harness.attempts(job).filter { !seen.contains($0.fence) }
    seen.formUnion(new.map(\.fence))
    return new.map(\.unit.description).sorted()
  }
}
