import DocumentModel

/// The mark at the head of a footnote, as the text refers to it.
struct FootnoteMark {
  /// `1`, `*`, `[3]`, `a`.
  let text: String
  /// Unicode scalars that it takes at the head of the note.
  let length: Int

  /// - Parameters:
  ///   - word: the note's first word.
  ///   - opening: its first few words.
  ///   - raised: whether the first word is a superscript.
  init?(_ word: String, opening: String, raised: Bool) {
    let scalars = word.unicodeScalars
    let symbols = scalars.prefix { Self.symbols.contains($0) }
    if !symbols.isEmpty, symbols.count <= 4 {
      text = String(symbols)
      length = symbols.count
      return
    }
    let raisedDigits = scalars.prefix { Self.superscripts[$0] != nil }
    if !raisedDigits.isEmpty, raisedDigits.count <= 3 {
      text = String(raisedDigits.compactMap { Self.superscripts[$0] })
      length = raisedDigits.count
      return
    }
    if raised, scalars.count <= 4 {
      let core = scalars.filter { $0.isLetter || $0.isNumeral }
      guard !core.isEmpty else { return nil }
      text = String(String.UnicodeScalarView(core))
      length = scalars.count
      return
    }
    guard let reading = MarkerReading.all(opening).first(where: { $0.series == .decimal(depth: 1) }),
      let ordinal = reading.ordinal, ordinal > 0, ordinal < 1000
    else { return nil }
    text = reading.dress == .brackets ? reading.marker : String(ordinal)
    length = reading.length
  }

  private static let symbols: Set<Unicode.Scalar> = ["*", "†", "‡", "§", "¶", "‖", "#", "∗"]

  private static let superscripts: [Unicode.Scalar: Character] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9",
  ]
}
