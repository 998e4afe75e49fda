/// A field's value with its parameters: `form-data; name="file"; filename="a.pdf"`.
struct HeaderParameters: Equatable {
  /// In lower case.
  let value: String
  private var parameters: [String: String] = [:]

  init(_ text: String) {
    var rest = text[...]
    let end = rest.firstIndex(of: ";") ?? rest.endIndex
    value = rest[..<end].trimmed.lowercased()
    rest = rest[end...]
    while !rest.isEmpty {
      rest = rest.dropFirst()
      guard let sign = rest.firstIndex(of: "=") else { break }
      let name = rest[..<sign].trimmed.lowercased()
      rest = rest[rest.index(after: sign)...].drop { $0 == " " || $0 == "\t" }
      let (value, after) = Self.value(rest)
      if parameters[name] == nil { parameters[name] = value }
      rest = after.drop { $0 != ";" }
    }
  }

  subscript(name: String) -> String? { parameters[name] }

  /// A token or a quoted text, and what comes behind it.
  private static func value(_ text: Substring) -> (String, Substring) {
    guard text.first == "\"" else {
      let end = text.firstIndex(of: ";") ?? text.endIndex
      return (String(text[..<end].trimmed), text[end...])
    }
    var value = ""
    var index = text.index(after: text.startIndex)
    while index < text.endIndex, text[index] != "\"" {
      // Browsers leave backslashes in file names as they are and escape only quotes.
      let next = text.index(after: index)
      if text[index] == "\\", next < text.endIndex, text[next] == "\"" || text[next] == "\\" { index = next }
      value.append(text[index])
      index = text.index(after: index)
    }
    return (value, index < text.endIndex ? text[text.index(after: index)...] : "")
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    var text = drop { $0 == " " || $0 == "\t" }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return text
  }
}
