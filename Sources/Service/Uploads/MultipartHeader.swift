/// The head of one part of a form.
struct MultipartHeader: Equatable {
  let name: String
  /// As the client calls it; only for people, never part of a path.
  let fileName: String?
  let type: String?

  init(name: String, fileName: String? = nil, type: String? = nil) {
    self.name = name
    self.fileName = fileName
    self.type = type
  }

  /// - Returns: nil where it does not name its part.
  init?(_ head: ArraySlice<UInt8>) {
    var name: String?
    var fileName: String?
    var type: String?
    for line in head.split(separator: 10) {
      let text = String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
      guard let colon = text.firstIndex(of: ":") else { continue }
      let value = String(text[text.index(after: colon)...])
      switch text[..<colon].lowercased() {
      case "content-disposition":
        let fields = HeaderParameters(value)
        guard fields.value == "form-data" else { return nil }
        name = fields["name"]
        fileName = fields["filename*"].flatMap(Self.extended) ?? fields["filename"]
      case "content-type": type = HeaderParameters(value).value
      default: break
      }
    }
    guard let name else { return nil }
    self.init(name: name, fileName: fileName, type: type)
  }

  /// `UTF-8''r%C3%A9sum%C3%A9.pdf` (RFC 8187), which some clients send though forms should not have it.
  private static func extended(_ text: String) -> String? {
    let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].lowercased() == "utf-8" else { return nil }
    return PercentText.decoded(String(parts[2]))
  }
}
