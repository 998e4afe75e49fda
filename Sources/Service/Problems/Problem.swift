import Checkpoints
import HTTPServer
import Ledger
import StageKit

/// An error as the interface answers it: RFC 9457 with a stable code.
package struct Problem: Error, Sendable {
  package var code: ProblemCode
  /// One sentence for people; never internal detail.
  package var detail: String
  package var hint: String?
  package var job: JobID?
  package var stage: StageID?
  /// Counts from 1.
  package var page: Int?
  /// Everything that is wrong, one line each with its place, where it is more than one thing.
  package var faults: [String] = []
  /// Whether the same request may succeed later without any change.
  package var retryable: Bool
  /// Fields that belong to the answer, such as `Retry-After`.
  package var headers: HeaderFields

  package init(
    _ code: ProblemCode, _ detail: String, hint: String? = nil, job: JobID? = nil, stage: StageID? = nil,
    page: Int? = nil, retryable: Bool = false, headers: HeaderFields = HeaderFields()
  ) {
    self.code = code
    self.detail = detail
    self.hint = hint
    self.job = job
    self.stage = stage
    self.page = page
    self.retryable = retryable
    self.headers = headers
  }

  package init(_ failure: StageFailure, job: JobID? = nil, stage: StageID? = nil) {
    self.init(
      ProblemCode(failure.code), failure.message, hint: failure.hint, job: job, stage: stage, page: failure.page,
      retryable: failure.retryable)
  }

  package init(_ failure: HTTPFailure) {
    self.init(
      ProblemCode(failure), failure.detail.isEmpty ? failure.status.reason : failure.detail, headers: failure.headers)
  }

  /// What can only work later.
  package static func later(_ code: ProblemCode, _ detail: String, seconds: Int, hint: String? = nil) -> Problem {
    Problem(code, detail, hint: hint, retryable: true, headers: ["Retry-After": String(max(1, seconds))])
  }
}
