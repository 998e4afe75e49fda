import DocumentModel

/// Estimates what a byte-pair vocabulary of some 100,000 pieces would make of a text.
///
/// The text is cut where the pre-tokenisers of such vocabularies cut it: into runs of letters, of at most three digits,
/// of marks; the one space before a run belongs to it, further white space is a run of its own. Letters of a run then
/// count by how long pieces of their script usually are. No vocabulary is asked, so the figure is an estimate; it is
/// meant to lie above the true one more often than below.
struct WordPieceCounter: TokenCounter {
  func count(_ text: ArraySlice<Unicode.Scalar>) -> Int {
    var pieces = 0
    var run = Run.none
    var length = 0
    func close() {
      if length > 0 { pieces += (length + run.pieceLength - 1) / run.pieceLength }
      length = 0
    }
    for scalar in text {
      let next = Run(scalar)
      if next != run {
        // A single space joins the run behind it.
        if run == .space { length -= 1 }
        close()
        run = next
      }
      length += 1
    }
    close()
    return pieces
  }

  private enum Run {
    case none, space, latin, letters, unspaced, digits, marks

    init(_ scalar: Unicode.Scalar) {
      if scalar.isSpace {
        self = .space
      } else if scalar.isLetter {
        self = scalar.value < 0x250 ? .latin : UnspacedScript.contains(scalar) ? .unspaced : .letters
      } else if scalar.isNumeral {
        self = .digits
      } else if [.nonspacingMark, .spacingMark].contains(scalar.category) {
        self = .letters
      } else {
        self = .marks
      }
    }

    /// Scalars to a piece.
    var pieceLength: Int {
      switch self {
      case .none, .unspaced: 1
      case .latin: 7  // common English words up to this length are one piece
      case .letters: 3  // Cyrillic, Greek, Arabic, Hebrew, Devanagari, Hangul: between two and four
      case .digits: 3
      case .marks: 2
      case .space: 8  // indents and blank lines have pieces of their own
      }
    }
  }
}
