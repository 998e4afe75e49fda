import Contracts
import DocumentModel

/// Tells whether a text goes on in a later element, and how the two are joined.
enum Continuation {
  /// - Parameters:
  ///   - parted: whether something lies between the two: the end of a column or page, a table or figure.
  /// - Returns: nil where the element begins a text of its own.
  static func join(_ tail: TextTail, _ next: Element, parted: Bool) -> ReadingEntry.Join? {
    guard parted, !tail.isFinished, takes(next, after: tail), sameType(tail.typography, next.typography),
      sameVoice(tail, next)
    else {
      return nil
    }
    let opening = next.runs.first?.text ?? ""
    guard let first = opening.unicodeScalars.first(where: { $0 != " " }) else { return nil }
    let word = opening.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
    if tail.typography.endsInHyphen {
      switch LineBreakHyphen.verdict(tail.lastWord, word) {
      case .drop: return .hyphen
      case .keep: return .keepHyphen
      case .space: break
      }
    }
    if UnspacedScript.joins(tail.lastWord, word) { return isFull(tail) && !isIndented(next) ? .keepHyphen : nil }
    if first.isSmall { return .space }
    // The next line of a poem or an address begins with a capital too.
    if tail.hasLineEnds { return nil }
    // Names, numbers and scripts without small letters: the page must show that the line was full and that no
    // paragraph begins.
    return isFull(tail, before: word) && tail.typography.lines > 1 && !isIndented(next) && begins(first) ? .space : nil
  }

  private static func takes(_ next: Element, after tail: TextTail) -> Bool {
    switch next.kind {
    case .paragraph: return true
    case .listItem: return tail.kind == .listItem && next.list?.marker.isEmpty ?? true
    case .footnote: return tail.kind == .footnote && next.footnoteMark == nil
    default: return false
    }
  }

  private static func sameType(_ a: Typography, _ b: Typography) -> Bool {
    a.direction == b.direction && a.bold == b.bold && a.capitals == b.capitals
      && abs(a.size - b.size) <= max(sizeStep, sizeShare * max(a.size, b.size))
  }

  /// A quote does not go on in the text around it. A few lines of it at the foot or head of a page are too few to be known
  /// for a quote.
  private static func sameVoice(_ tail: TextTail, _ next: Element) -> Bool {
    let isQuote = next.isQuote ?? false
    return tail.isQuote == isQuote || (isQuote ? tail.typography.lines : next.typography.lines) < knownLines
  }

  /// - Parameter word: of which the line may have been too short to hold it.
  private static func isFull(_ tail: TextTail, before word: String = "") -> Bool {
    let gap = max(fullGap, letterWidth * Double(word.unicodeScalars.count))
    return tail.typography.lastLineGap <= gap * max(tail.typography.size, 1)
  }

  private static func isIndented(_ next: Element) -> Bool {
    next.typography.lines > 1 && next.typography.indent > indented * max(next.typography.size, 1)
  }

  private static func begins(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isLetter || scalar.isNumeral
      || "(\"“‘«$€£".unicodeScalars.contains(scalar)
  }

  private static let knownLines = 3  // of two the first may end early by chance
  private static let sizeStep = 0.5  // points: rounding of sizes within one face
  private static let sizeShare = 0.06  // of the size: recognised sizes waver by as much
  private static let fullGap = 2.0  // of the size: a ragged line stays short by less than a word
  private static let letterWidth = 0.45  // of the size: of a long word in any face, without the space before it
  private static let indented = 0.8  // of the size: the usual indent is one size or more
}
