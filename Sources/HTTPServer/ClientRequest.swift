/// A request of ours.
package struct ClientRequest: Sendable {
  package var method: HTTPMethod
  /// Path and query, already encoded.
  package var target: String
  package var headers: HeaderFields
  package var body: ClientBody

  package init(
    _ method: HTTPMethod = .get, _ target: String, headers: HeaderFields = HeaderFields(), body: ClientBody = .none
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
  }
}
