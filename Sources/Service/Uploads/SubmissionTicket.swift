/// What a submission holds from its first byte to its answer.
package struct SubmissionTicket: Sendable {
  /// Its place among the uploads, and in the queue where its job is not there already.
  let pass: AdmissionPass
  let idempotent: IdempotentRequest?
}
