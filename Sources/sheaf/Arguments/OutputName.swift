/// What the results of a document are called, before their endings.
struct OutputName: Sendable, Hashable, CustomStringConvertible {
  let text: String

  /// - Parameter text: anything; what no file can be called is replaced.
  init(_ text: String) {
    let name = String(String.UnicodeScalarView(text.unicodeScalars.map { Self.isForbidden($0) ? "_" : $0 }))
    self.text = name.isEmpty || name == "." || name == ".." ? "document" : Self.shortened(name)
  }

  var description: String { text }

  /// 255 bytes is what Linux gives a name; the endings and a temporary name beside it need some.
  private static let longest = 200  // bytes

  private static func shortened(_ name: String) -> String {
    var rest = longest
    return String(
      name.prefix { character in
        rest -= character.utf8.count
        return rest >= 0
      })
  }

  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "/" || scalar.properties.generalCategory == .control
  }
}
