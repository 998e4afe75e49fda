import CanonicalJSON
import HTTPServer

/// `GET /openapi.json`.
enum OpenAPIRoute {
  /// To be called when all other routes are there.
  static func register(in routes: inout RouteTable) {
    let operation = Operation(
      "getOpenAPI", "This description.", tag: "system",
      answers: [.json(200, "OpenAPI 3.1.", ["type": "object"])])
    var described = routes
    described.on(.get, "/openapi.json", operation) { _ in Response() }
    // Names and numbers only, so there is a canonical form.
    let bytes = (try? OpenAPIDocument(routes: described).value.canonicalBytes) ?? []
    routes.on(.get, "/openapi.json", operation, runs: .loop) { _ in .json(bytes) }
  }
}
