/// What a submission holds from its first byte to its answer.
package struct SubmissionTicket: Sendable {
  /// Its room in the queue; nil where its job is there already.
  let pass: AdmissionPass?
  let idempotent: IdempotentRequest?
}
