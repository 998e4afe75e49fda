/// A request's first lines as they were parsed.
package struct RequestHead: Sendable {
  package let method: HTTPMethod
  /// As it was sent, e.g. `/a%20b?c=d`.
  package let target: String
  package let version: HTTPVersion
  package let headers: HeaderFields
}
