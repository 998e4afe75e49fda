/// One descriptor that is ready, as the loop tells its handler.
package struct ReadyEvent: Sendable {
  package let token: EventToken
  package let readiness: Readiness
}
