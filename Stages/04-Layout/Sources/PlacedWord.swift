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
    monospaced = font?.monospaced ?? false
    joinsNext = word.joinsNext
    isBullet = sense.letters == 1 && word.text.unicodeScalars.allSatisfy(BulletSign.isBullet)
  }
}
