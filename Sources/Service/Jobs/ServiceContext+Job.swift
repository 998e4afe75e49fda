import Checkpoints
import HTTPServer
import Ledger
import StageKit

extension ServiceContext {
  /// The job that a path names, if the caller may see it.
  ///
  /// - Throws: `Problem` with `job_not_found`, also for another's job: a refusal would tell that it is there.
  package func job(_ request: Request) async throws -> JobRecord {
    let text = request.parameter("id")
    guard let id = JobID(text) else { throw Self.noJob(text) }
    return try await job(id)
  }

  package func job(_ id: JobID) async throws -> JobRecord {
    guard let record = try await ledger.job(id), !record.deleted, Principal.current.maySee(record) else {
      throw Self.noJob(id.text)
    }
    return record
  }

  private static func noJob(_ text: String) -> Problem {
    Problem(ProblemCode(.jobNotFound), "There is no job \"\(text.prefix(40))\".")
  }
}
