import DocumentModel
import Tesseract

/// Where one word of a line ends and the next begins.
enum WordSeams {
  /// The words with boxes cut where the next word of their line begins.
  ///
  /// Around a dash without spaces the engine gives a word the box of its whole run ("garb", "\u{2014}", "the"), and what
  /// lies behind another word on paper would be read as another line.
  static func apart(_ found: [Reading.Found]) -> [Reading.Found] {
    found.indices.map { index in
      let this = found[index]
      guard index + 1 < found.count else { return this }
      let next = found[index + 1]
      guard next.word.line == this.word.line, next.word.turn == .none, this.word.turn == .none,
        this.mapping.turn == .none, next.mapping.turn == .none, next.mapping.scale == this.mapping.scale,
        next.box.left > this.box.left, next.box.left < this.box.right
      else { return this }
      let cut = BoundingBox(
        left: this.box.left, top: this.box.top, right: next.box.left, bottom: this.box.bottom)
      return Reading.Found(word: this.word, mapping: this.mapping, box: cut, resolution: this.resolution)
    }
  }
}
