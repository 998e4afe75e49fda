import CanonicalJSON
import HTTPServer
import StageKit

/// Small JSON objects in requests.
enum RequestJSON {
  /// The object that a request's body is.
  ///
  /// - Throws: `Problem` with `unsupported_media_type` or `invalid_body`; `HTTPFailure` 413 beyond the limit.
  static func object(of request: Request, upTo limit: Int) async throws -> [String: JSONValue] {
    let type = request.headers["Content-Type"].map { $0.prefix { $0 != ";" && $0 != " " }.lowercased() }
    guard type == "application/json" else {
      throw Problem(.unsupportedMediaType, "The body must be application/json.")
    }
    return try object(try await request.body.collect(upTo: limit))
  }

  /// - Throws: `Problem` with `invalid_body`.
  static func object(_ bytes: [UInt8]) throws(Problem) -> [String: JSONValue] {
    // Where exactly it is wrong is of no use to a program; the code and the sentence say what is.
    guard let object = (try? CanonicalDecoder().decode(JSONValue.self, from: bytes))?.object else {
      throw Problem(.invalidBody, "The body is no JSON object.")
    }
    return object
  }
  /// The same, where what is not known is refused: misspelt, it would be passed over in silence.
  static func object(_ bytes: [UInt8], known: [String]) throws(Problem) -> [String: JSONValue] {
    let members = try object(bytes)
    for name in members.keys.sorted() where !known.contains(name) {
      let nearest = NearestName.of(name, in: known).map { "Did you mean \($0)?" }
      throw Problem(
        .invalidBody, "The body has a member \"\(name.prefix(80))\" that is not known.",
        hint: nearest ?? "It has \(known.joined(separator: ", ")).")
    }
    return members
  }
}
