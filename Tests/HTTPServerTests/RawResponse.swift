/// A response as a test reads it from the wire, by other means than the client under test.
struct RawResponse {
  let status: Int
  /// By lower-case name; the last of several.
  let headers: [String: String]
  let body: [UInt8]

  var text: String { String(decoding: body, as: UTF8.self) }
}
