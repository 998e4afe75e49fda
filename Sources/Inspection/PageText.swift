import Contracts
import DocumentModel
import StageKit

/// A page's lines with their words' letters.
struct PageText {
  let layout: LayoutOutput
  let words: [Word]

  /// - Throws: `StageFailure` with `checkpoint_not_found` for a page without a layout.
  init(_ state: JobSnapshot, _ page: Int) throws {
    layout = try state.payload(of: UnitID(.layout, .page(page)), as: LayoutOutput.self)
    words = try state.output(OCROutput.self, .page(page))?.words ?? []
  }

  func line(_ line: Line) -> String {
    line.words.lazy.filter(words.indices.contains).map { words[$0].text + (words[$0].joinsNext ? "" : " ") }.joined()
      .split(separator: " ").joined(separator: " ")
  }

  func lines(_ indices: [Int]) -> String {
    indices.lazy.filter(layout.lines.indices.contains).map { line(layout.lines[$0]) }.joined(separator: " ")
  }
}
