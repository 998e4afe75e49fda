/// Tells whether an address of the web goes on over the end of a line.
package enum AddressBreak {
  /// - Parameters:
  ///   - before: the last word of a line.
  ///   - after: the first word of the next.
  ///   - isSameCode: whether both are set in type of fixed width, as addresses are.
  package static func goesOn(_ before: String, _ after: String, isSameCode: Bool = false) -> Bool {
    guard let sign = before.last, let start = start(in: before) else { return false }
    let (address, rest) = (before[start...], core(after))
    guard let first = rest.unicodeScalars.first, !rest.contains("://") else { return false }
    if address.hasSuffix(":") { return rest.hasPrefix("//") }
    guard address.contains(".") || address.hasSuffix("://") else { return false }
    if first == "/" || first == "." { return rest.count > 1 && !marks.contains(sign) }
    guard first.isSmall || first.isNumeral || first == "~" else { return false }
    switch sign {
    case "-", "_", "=", "&", "~", "?", "#": return true
    case "/":
      return address.hasSuffix("://") || isSameCode && first == "~" || rest.contains(where: marks.contains)
    case ".": return address.hasSuffix("www.") || rest.contains("/") || isSameCode && rest.contains(".")
    default: return false
    }
  }

  /// A word without the marks of the sentence that it stands in.
  package static func core(_ word: String) -> Substring {
    var rest = Substring(word)
    while let end = rest.last, closing.contains(end) { rest.removeLast() }
    return rest
  }

  /// Where an address begins in a word.
  package static func start(in word: String) -> String.Index? {
    let bytes = Array(word.utf8)
    for (at, byte) in bytes.enumerated() where byte == UInt8(ascii: "h") || byte == UInt8(ascii: "w") {
      let rest = bytes[at...]
      if starts.contains(where: { rest.starts(with: $0) }) {
        return word.utf8.index(word.startIndex, offsetBy: at)
      }
    }
    return nil
  }

  /// Marks that may close a sentence or a bracket around an address.
  package static let closing: Set<Character> = [".", ",", ";", ":", ")", "]", ">"]
  private static let starts = ["http:", "https:", "www."].map { Array($0.utf8) }
  private static let marks: Set<Character> = ["/", ".", "_", "-", "?", "=", "&", "#", "~", "%"]
}
