import CanonicalJSON
import HTTPServer

/// Small JSON in requests and answers.
enum JSONBody {
  /// The object that a request's body is.
  ///
  /// - Throws: `HTTPFailure` 415 for another type, 413 beyond the limit, 400 for what is no JSON object.
  static func object(of request: Request, upTo limit: Int = 16 << 10) async throws -> [String: JSONValue] {
    let type = request.headers["Content-Type"].map { $0.prefix { $0 != ";" && $0 != " " }.lowercased() }
    guard type == "application/json" else {
      throw HTTPFailure(.unsupportedMediaType, "unsupported_media_type", "The body must be application/json.")
    }
    return try object(try await request.body.collect(upTo: limit))
  }

  /// - Throws: `HTTPFailure` 400.
  static func object(_ bytes: [UInt8]) throws(HTTPFailure) -> [String: JSONValue] {
    // Where exactly it is wrong is of no use to a program; the code and the sentence say what is.
    guard let object = (try? CanonicalDecoder().decode(JSONValue.self, from: bytes))?.object else {
      throw HTTPFailure(.badRequest, "invalid_json", "The body is no JSON object.")
    }
    return object
  }

  static func answer(_ value: JSONValue, _ status: HTTPStatus = .ok) throws -> Response {
    try .json(CanonicalEncoder().encode(value), status)
  }
}
