import Crypto
import HTTPServer

/// One file of the viewer, as it is sent: read once, compressed once, shared by all answers.
struct ViewerFile: Sendable {
  private let type: String
  private let plain: SharedBytes
  private let plainTag: String
  /// Nil where compressing saves nothing.
  private let compressed: SharedBytes?
  private let compressedTag: String

  /// - Parameter name: with the extension, which tells the type.
  init(_ bytes: [UInt8], named name: String) {
    type = MediaType.ofFile(named: name)
    plain = SharedBytes(bytes)
    // 96 bits tell versions of a file apart.
    let digest = SHA256.hash(data: bytes).prefix(12).reduce(into: "") { text, byte in
      text += byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16)
    }
    plainTag = "\"\(digest)\""
    compressedTag = "\"\(digest)-gzip\""
    compressed = GzipCoding.encode(bytes).flatMap { $0.count < bytes.count ? SharedBytes($0) : nil }
  }

  /// The bytes, as far as the client does not have them, in the coding that it takes.
  func answer(_ request: Request) -> Response {
    let coded = GzipCoding.isTaken(by: request) ? compressed : nil
    let tag = coded == nil ? plainTag : compressedTag
    var response = Response(headers: ["Content-Type": type], body: .shared(coded ?? plain))
    response.headers["ETag"] = tag
    response.headers["Vary"] = "Accept-Encoding"
    if coded != nil { response.headers["Content-Encoding"] = "gzip" }
    // Asked for again at each load, so that a new release is there at once; what has not changed is not sent again.
    response.headers["Cache-Control"] = "no-cache"
    for (name, value) in Self.guards { response.headers[name] = value }
    if EntityTags.matchWeakly(request.headers.list("If-None-Match"), tag) {
      response.status = .notModified
      response.body = .empty
    }
    return response
  }

  /// Only what this server itself sent runs, it talks to this server only, and no other site shows it in a frame.
  private static let guards: KeyValuePairs = [
    "Content-Security-Policy":
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
      + "worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
  ]
}
