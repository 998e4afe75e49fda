import Contracts
import DocumentModel
import Inspection
import StageKit

/// The text of one page as the index takes it, with where each stretch of it stands on the page.
struct SearchablePage: Sendable {
  struct Passage: Sendable, Hashable {
    /// In the bytes of the text.
    let range: Range<Int>
    let box: BoundingBox
  }

  let number: Int
  let text: String
  let passages: [Passage]

  /// Bytes of one page's text in the index: ten times a dense page. What comes beyond cannot be found.
  static let longest = 100_000

  /// - Returns: nil for a page without text.
  init?(_ number: Int, _ output: AssemblyOutput) {
    var text = ""
    var passages: [Passage] = []
    func add(_ words: String, _ box: BoundingBox) {
      let clean = Self.clean(words)
      guard !clean.isEmpty, text.utf8.count + clean.utf8.count < Self.longest else { return }
      if !text.isEmpty { text += "\n" }
      let start = text.utf8.count
      text += clean
      passages.append(Passage(range: start..<text.utf8.count, box: box))
    }
    for element in output.elements {
      add(element.text, element.box)
      for cell in element.table?.cells ?? [] { add(cell.text, cell.box) }
      if let figure = element.figure { add(figure.inside, element.box) }
    }
    guard !passages.isEmpty else { return nil }
    self.number = number
    self.text = text
    self.passages = passages
  }

  /// Without control characters: two of them mark what was found, and none has a place in an answer.
  private static func clean(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      scalars.append(scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) ? " " : scalar)
    }
    return String(scalars)
  }
}
