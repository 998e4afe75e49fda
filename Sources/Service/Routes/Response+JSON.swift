import CanonicalJSON
import HTTPServer

extension Response {
  /// A value as `application/json`, not to be cached.
  package static func json(_ value: JSONValue, _ status: HTTPStatus = .ok) throws -> Response {
    var response = Response.json(try value.canonicalBytes, status)
    response.headers["Cache-Control"] = "no-store"
    return response
  }

  /// The same for whatever has a canonical form.
  package static func json(encoding value: some Encodable, _ status: HTTPStatus = .ok) throws -> Response {
    var response = Response.json(try CanonicalEncoder().encode(value), status)
    response.headers["Cache-Control"] = "no-store"
    return response
  }
}
