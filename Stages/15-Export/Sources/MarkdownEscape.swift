import DocumentModel

/// Escapes text so that a reader of GitHub's Markdown sees the same text.
///
/// Source: CommonMark 0.31, sections 2.4 and 6; GitHub Flavored Markdown 0.29, sections 4.10, 6.5.
/// What cannot be taken for markup is left alone: text for people and language models stays readable.
enum MarkdownEscape {
  /// Where a text stands.
  struct Place {
    /// The scalar before it and after it on its line; nil at the line's ends.
    var before: Unicode.Scalar?
    var after: Unicode.Scalar?
    var inCell = false
    var inLink = false
    /// Whether a link or a footnote mark follows.
    var meetsBracket = false
  }

  static func text(_ text: TracedText, _ place: Place) -> TracedText {
    let scalars = Array(text.unicodeScalars)
    return text.rewritten { scalar, index, result in
      if needsEscape(scalar, index, scalars, place) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
  }

  private static func needsEscape(
    _ scalar: Unicode.Scalar, _ index: Int, _ scalars: [Unicode.Scalar], _ place: Place
  ) -> Bool {
    let next = index + 1 < scalars.count ? scalars[index + 1] : place.after
    switch scalar {
    case "\\", "`": return true
    case "*", "_", "~": return canDelimit(scalar, index, scalars, place)
    case "<": return next.map { isLetter($0) || $0 == "/" || $0 == "!" || $0 == "?" } ?? false
    case "&": return isEntity(scalars[(index + 1)...])
    case "[": return place.inLink || next == "^"
    case "]":
      return place.inLink || next == "(" || next == "[" || (index + 1 == scalars.count && place.meetsBracket)
    case "!": return index + 1 == scalars.count && place.meetsBracket
    case "|": return place.inCell
    default: return false
    }
  }

  /// Whether a run of `*`, `_` or `~` could open or close something: not between spaces, and `_` not inside words.
  private static func canDelimit(
    _ scalar: Unicode.Scalar, _ index: Int, _ scalars: [Unicode.Scalar], _ place: Place
  ) -> Bool {
    var start = index
    while start > 0, index - start < longestRun, scalars[start - 1] == scalar { start -= 1 }
    var end = index + 1
    while end < scalars.count, end - index < longestRun, scalars[end] == scalar { end += 1 }
    let before = start > 0 ? scalars[start - 1] : place.before
    let after = end < scalars.count ? scalars[end] : place.after
    let beforeSpace = before.map(isSpace) ?? true
    let afterSpace = after.map(isSpace) ?? true
    if beforeSpace && afterSpace { return false }
    guard scalar == "_", let before, let after else { return true }
    return isSpace(before) || isSpace(after) || isPunctuation(before) || isPunctuation(after)
  }

  /// Scalars. Lines of underscores are drawn much longer; an escape too many does no harm there.
  private static let longestRun = 64

  /// `amp;`, `#38;`, `#x26;` after an ampersand.
  private static func isEntity(_ rest: ArraySlice<Unicode.Scalar>) -> Bool {
    var count = 0
    for scalar in rest.prefix(longestEntity) {
      if scalar == ";" { return count > 0 }
      guard isLetter(scalar) || ("0"..."9").contains(scalar) || (scalar == "#" && count == 0) else { return false }
      count += 1
    }
    return false
  }

  private static let longestEntity = 34  // scalars: the longest name of HTML has 32

  /// Escapes what would begin a block where a line begins.
  static func lineStart(_ text: TracedText) -> TracedText {
    blockSign(text.string).map { text.inserting("\\", at: $0) } ?? text
  }

  /// Where, in bytes, what would begin a block has to be escaped.
  private static func blockSign(_ text: String) -> Int? {
    let scalars = Array(text.unicodeScalars)
    guard let first = scalars.first else { return nil }
    // Below a line of as many columns it makes a table: GFM 4.10.
    if scalars.allSatisfy({ "-:| ".unicodeScalars.contains($0) }), scalars.contains("-") { return 0 }
    func ends(_ index: Int) -> Bool { index >= scalars.count || isSpace(scalars[index]) }
    switch first {
    case "#":
      let run = scalars.prefix { $0 == "#" }.count
      return run <= 6 && ends(run) ? 0 : nil
    case ">", "=": return 0
    case "-", "+", "*", "_":
      let isRule = scalars.allSatisfy { $0 == first || isSpace($0) } && scalars.filter { $0 == first }.count >= 2
      return isRule || (first != "_" && ends(1)) ? 0 : nil
    case "~": return text.hasPrefix("~~~") ? 0 : nil
    case "[":
      let isTask = scalars.count > 2 && " xX".unicodeScalars.contains(scalars[1]) && scalars[2] == "]"
      return isTask || text.contains("]:") ? 0 : nil
    case "0"..."9":
      let run = scalars.prefix { ("0"..."9").contains($0) }.count
      guard run <= 9, run < scalars.count, scalars[run] == "." || scalars[run] == ")", ends(run + 1) else {
        return nil
      }
      return run  // digits are a byte each
    default: return nil
    }
  }

  /// Escapes the number signs at a heading's end, which readers take for decoration.
  static func headingEnd(_ text: TracedText) -> TracedText {
    text.hasSuffix("#") ? text.inserting("\\", at: text.utf8Count - 1) : text
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.isSpace }

  static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.category {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
      true
    default: false
    }
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }
}
