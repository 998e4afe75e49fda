/// What answers the requests of one template and method.
package struct Route: Sendable {
  /// e.g. `/jobs/{id}`.
  package let template: String
  /// Bytes of body; nil leaves the server's limit.
  package let bodyLimit: Int64?
  let handler: Handler
}
