import DocumentModel

/// A word in the reading frame, with what the geometry needs to know of its letters.
struct PlacedWord: Sendable {
  /// Index into the page's words.
  let index: Int
  let box: BoundingBox
  /// As printed.
  let pageBox: BoundingBox
  /// In the straightened frame.
  let baseline: Double
  let size: Double
  /// What its letters say of its direction.
  let sense: WordOrder.Word
  let monospaced: Bool
  let endsInColon: Bool
  /// Whether a sentence may end with it.
  let endsInStop: Bool
  /// Whether it begins with a bracket, as the marks of entries do.
  let isLabel: Bool
  /// Whether it is one sign of relation or operation, which stands on the line; a sum stands where it likes.
  let isSign: Bool
  /// Whether it is nothing but a list's sign.
  let isBullet: Bool
  /// Whether the source has no space between it and the word of the next index.
  let joinsNext: Bool

  /// Unicode scalars.
  var letters: Int { sense.letters }
  var digits: Int { sense.digits }

  init(_ word: Word, index: Int, font: Font?, frame: ReadingFrame) {
    self.index = index
    box = frame.place(word.box)
    pageBox = word.box
    let height = box.height
    // A size that its box contradicts is the text matrix's joke, not the printed size.
    size = word.size > 0 && word.size < 4 * max(height, 1) && word.size > height / 8 ? word.size : max(height, 1)
    if let given = word.baseline, word.turn == .none, frame.upright.turn == .none {
      baseline = frame.straight(y: given, atX: word.box.midX)
    } else {
      baseline = Word.standing(in: box, size: size)
    }
    sense = WordOrder.Word(word.text)
    endsInColon = word.text.unicodeScalars.last.map { $0 == ":" || $0 == "：" } ?? false
    endsInStop = word.text.unicodeScalars.last { !Self.closing.contains($0) }.map(Self.stops.contains) ?? false
    isLabel = word.text.unicodeScalars.first.map { $0 == "[" || $0 == "(" } ?? false
    monospaced = font?.monospaced ?? false
    joinsNext = word.joinsNext
    isSign =
      sense.letters == 1
      && word.text.unicodeScalars.allSatisfy { scalar in
        scalar.properties.generalCategory == .mathSymbol && !Self.largeOperators.contains { $0.contains(scalar.value) }
      }
    isBullet = sense.letters == 1 && word.text.unicodeScalars.allSatisfy(BulletSign.isBullet)
  }

  /// Whether the box is higher for the size than another's: letters hang below the line or stand above it, as in "TeX", or the
  /// face is one of signs.
  private func isTaller(than other: PlacedWord) -> Bool {
    (letters > 1 || isSign) && min(size, other.size) > Self.script * max(size, other.size)
      && box.height > size && box.height * other.size > Self.taller * other.box.height * size
  }

  /// How far apart the baselines of two words are, at the least that their boxes allow: what makes one of them the higher may
  /// hang below its line.
  func offset(from other: PlacedWord) -> Double {
    let offset = abs(baseline - other.baseline)
    if isTaller(than: other) { return min(offset, abs(baseline - (box.height - size) - other.baseline)) }
    return other.isTaller(than: self)
      ? min(offset, abs(other.baseline - (other.box.height - other.size) - baseline)) : offset
  }

  private static let taller = 1.15  // times, each for its size: boxes of faces for text differ by less
  private static let script = 0.85  // of the larger size
  private static let largeOperators: [ClosedRange<UInt32>] = [0x220F...0x2211, 0x222B...0x2233, 0x22C0...0x22C3]
  private static let closing: Set<Unicode.Scalar> = [")", "]", "”", "’", "\"", "'", "»", "“"]
  private static let stops: Set<Unicode.Scalar> = [".", "!", "?", ":", ";", "。", "！", "？", "："]
}
