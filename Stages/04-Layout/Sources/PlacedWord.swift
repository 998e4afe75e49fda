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
  /// Unicode scalars.
  let letters: Int
  let digits: Int
  let script: Script
  let monospaced: Bool
  let endsInColon: Bool
  /// Whether it is nothing but a list's sign.
  let isBullet: Bool
  /// Whether the source has no space between it and the word of the next index.
  let joinsNext: Bool

  /// Which way a word's letters run.
  enum Script: Sendable { case leftToRight, rightToLeft, neutral }

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
    var (letters, digits, right, left) = (0, 0, 0, 0)
    for scalar in word.text.unicodeScalars {
      letters += 1
      if (0x30...0x39).contains(scalar.value) {
        digits += 1
      } else if scalar.isLetter {
        if Self.isRightToLeft(scalar) { right += 1 } else { left += 1 }
      }
    }
    self.letters = letters
    self.digits = digits
    endsInColon = word.text.unicodeScalars.last.map { $0 == ":" || $0 == "：" } ?? false
    script = right > left ? .rightToLeft : left > 0 ? .leftToRight : .neutral
    monospaced = font?.monospaced ?? false
    joinsNext = word.joinsNext
    isBullet = letters == 1 && word.text.unicodeScalars.allSatisfy(BulletSign.isBullet)
  }

  /// Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.
  private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }
}
