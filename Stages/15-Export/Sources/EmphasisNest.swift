import DocumentModel

/// A stretch in one emphasis with words in both inside it.
struct EmphasisNest {
  let range: Range<Int>
  /// What all of it has, and what some of it has besides.
  let outer: TextStyle
  let inner: TextStyle
  /// Its pieces by emphasis; the first and the last part have the outer one alone.
  let parts: [Range<Int>]

  /// - Returns: nil where no such stretch begins.
  init?(_ pieces: [InlineRun], _ range: Range<Int>) {
    outer = Self.emphasis(pieces[range.lowerBound])
    guard outer == .bold || outer == .italic else { return nil }
    inner = outer == .bold ? .italic : .bold
    var parts: [Range<Int>] = []
    for index in range {
      let piece = pieces[index]
      guard !piece.style.contains(.code), piece.note == nil else { break }
      // A space between two parts belongs to the outer one.
      let style = piece.text.string == " " ? outer : Self.emphasis(piece)
      guard style.contains(outer) else { break }
      if let last = parts.last, Self.style(pieces, last, outer) == style {
        parts[parts.count - 1] = last.lowerBound..<index + 1
      } else {
        parts.append(index..<index + 1)
      }
    }
    // It ends with words of the outer emphasis alone.
    while let last = parts.last,
      last.allSatisfy({ pieces[$0].text.string == " " }) || Self.style(pieces, last, outer) != outer
    {
      parts.removeLast()
    }
    guard parts.count > 1 else { return nil }
    var end = parts[parts.count - 1].upperBound
    while pieces[end - 1].text.string == " " { end -= 1 }
    parts[parts.count - 1] = parts[parts.count - 1].lowerBound..<end
    self.parts = parts
    self.range = range.lowerBound..<end
  }

  private static func style(_ pieces: [InlineRun], _ part: Range<Int>, _ outer: TextStyle) -> TextStyle {
    pieces[part.lowerBound].text.string == " " ? outer : emphasis(pieces[part.lowerBound])
  }

  private static func emphasis(_ piece: InlineRun) -> TextStyle { piece.style.intersection([.bold, .italic]) }
}
