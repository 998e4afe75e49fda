/// What a request asks for (RFC 9110, 9); case counts.
package struct HTTPMethod: RawRepresentable, Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  package let rawValue: String

  package init(rawValue: String) {
    self.rawValue = rawValue
  }

  package init(stringLiteral value: String) {
    rawValue = value
  }

  package static let get: HTTPMethod = "GET"
  package static let head: HTTPMethod = "HEAD"
  package static let post: HTTPMethod = "POST"
  package static let put: HTTPMethod = "PUT"
  package static let patch: HTTPMethod = "PATCH"
  package static let delete: HTTPMethod = "DELETE"
  package static let options: HTTPMethod = "OPTIONS"

  package var description: String { rawValue }
}
