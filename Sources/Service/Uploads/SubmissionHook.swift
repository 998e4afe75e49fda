import Ledger

/// What other parts of the server do when a document is submitted.
package protocol SubmissionHook: Sendable {
  /// Before anything of the document is read: may refuse.
  func willAccept(_ request: SubmissionRequest) async throws
  /// When the submission is known and before the job is made: may refuse, e.g. a webhook that may not be called.
  func check(_ submission: Submission) async throws
  /// The job stands in the ledger; the client is told next.
  func didAccept(_ job: JobRecord, _ submission: Submission) async throws
}

extension SubmissionHook {
  package func willAccept(_ request: SubmissionRequest) async throws {}
  package func check(_ submission: Submission) async throws {}
  package func didAccept(_ job: JobRecord, _ submission: Submission) async throws {}
}

/// What is known of a submission before its body is read.
package struct SubmissionRequest: Sendable {
  package let principal: Principal
  /// Bytes of the body; nil where the client does not tell.
  package let length: Int64?

  package init(principal: Principal, length: Int64?) {
    self.principal = principal
    self.length = length
  }
}
