import HTTPServer

/// What a submission holds from its first byte to its answer.
package struct SubmissionTicket: Sendable {
  /// Its place among the uploads, and in the queue where its job is not there already; nil where it needs none.
  let pass: AdmissionPass?
  let idempotent: IdempotentRequest?
  /// What the request is answered with, where that is known before its document comes.
  var answer: Response?
}
