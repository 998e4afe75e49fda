import CCurl

/// An absolute `http` or `https` URL, read by the parser that also connects, so that the two cannot differ.
package struct WebAddress: Sendable, Hashable, CustomStringConvertible {
  package enum Refusal: Error, Sendable {
    case malformed
    case scheme
    /// A name or a password stands before the host.
    case credentials
    case tooLong
  }

  /// In full, without fragment.
  package let text: String
  package let isSecure: Bool
  package let host: String
  /// The host with its port, where it is not the scheme's own: what stands for one receiver.
  package let authority: String
  /// As it stands in the URL, encoded.
  package let path: String

  package var description: String { text }

  package init(_ text: String) throws(Refusal) {
    try self.init(text, base: nil)
  }

  /// The address that a `Location` field means.
  package func resolving(_ reference: String) throws(Refusal) -> WebAddress {
    try WebAddress(reference, base: self.text)
  }

  private init(_ text: String, base: String?) throws(Refusal) {
    guard text.utf8.count <= Self.limit else { throw .tooLong }
    // Control characters and blanks are errors of whoever wrote them, not to be guessed at.
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), let handle = curl_url() else { throw .malformed }
    defer { curl_url_cleanup(handle) }
    for part in [base, text] {
      guard let part else { continue }
      switch curl_url_set(handle, CURLUPART_URL, part, 0) {
      case CURLUE_OK: break
      case CURLUE_UNSUPPORTED_SCHEME: throw .scheme
      default: throw .malformed
      }
    }
    let scheme = Self.part(CURLUPART_SCHEME, of: handle)
    guard scheme == "http" || scheme == "https" else { throw .scheme }
    let credentials = [CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS]
    guard credentials.allSatisfy({ Self.part($0, of: handle) == nil }) else { throw .credentials }
    guard curl_url_set(handle, CURLUPART_FRAGMENT, nil, 0) == CURLUE_OK,
      let host = Self.part(CURLUPART_HOST, of: handle), !host.isEmpty,
      let whole = Self.part(CURLUPART_URL, of: handle)
    else { throw .malformed }
    self.text = whole
    isSecure = scheme == "https"
    self.host = host
    authority = host.lowercased() + (Self.part(CURLUPART_PORT, of: handle).map { ":" + $0 } ?? "")
    path = Self.part(CURLUPART_PATH, of: handle) ?? "/"
  }

  private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }

  /// Bytes; what browsers and servers agree on.
  private static let limit = 2048
}
