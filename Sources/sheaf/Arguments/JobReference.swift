import Checkpoints
import Ledger
import StageKit

/// A job as named on the command line: its id, a beginning of it that only one has, or `last` for the newest.
struct JobReference: Sendable, Hashable {
  let text: String

  /// No id can be this: ids have no `l`.
  static let newest = "last"

  /// - Throws: `StageFailure` with `job_not_found`, or `invalid_request` where several jobs begin so.
  func resolve(_ ledger: any LedgerReader) async throws -> JobRecord {
    if text == Self.newest {
      guard let job = try await ledger.jobs(states: nil, before: nil, limit: 1).first else {
        throw StageFailure(.jobNotFound, "There are no jobs yet.", hint: "See sheaf help run.")
      }
      return job
    }
    // The ledger takes a prefix as it is; what is no part of an id is nobody's.
    let jobs = text.isEmpty ? [] : try await ledger.jobs(prefix: text.lowercased())
    guard let job = jobs.first else { throw StageFailure.noJob(text) }
    guard jobs.count == 1 else {
      throw StageFailure.usage("Several jobs begin with \"\(text)\".", hint: "Give more of the id.")
    }
    return job
  }

  /// Each once, in the order given.
  static func resolve(_ references: [String], _ ledger: any LedgerReader) async throws -> [JobRecord] {
    var jobs: [JobRecord] = []
    for reference in references {
      let job = try await JobReference(text: reference).resolve(ledger)
      if !jobs.contains(where: { $0.manifest.id == job.manifest.id }) { jobs.append(job) }
    }
    return jobs
  }
}
