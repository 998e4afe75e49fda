import Contracts
import DocumentModel

/// The text of a table cell as runs.
enum CellText {
  /// The runs made from the words, unless stage 6 tells another text: then somebody corrected the cell, and that
  /// text stands.
  static func runs(_ cell: Cell, joined: [TextRun]) -> [TextRun] {
    if letters(cell.text) == letters(joined.lazy.map(\.text).joined()) { return joined }
    let text = WordText.normalised(cell.text)
    guard !text.isEmpty else { return joined }
    let words = joined.flatMap(\.words)
    // The words stay as provenance, spread over the new text: nobody can say which letter came from which.
    let length = text.unicodeScalars.count
    let starts = words.indices.map { $0 * length / max(words.count, 1) }
    return [TextRun(text: text, words: words, starts: starts)]
  }

  /// What two spellings of the same text have in common: no spaces and no hyphens, whose joining may differ.
  private static func letters(_ text: String) -> [Unicode.Scalar] {
    WordText.normalised(text).unicodeScalars.filter { $0 != " " && !LineBreakHyphen.isHyphen($0) }
  }
}
