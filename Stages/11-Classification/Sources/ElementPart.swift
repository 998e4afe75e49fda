import Contracts
import DocumentModel

/// A text of an element: its own, or that of one of its cells.
struct ElementPart {
  let text: String
  let box: BoundingBox
  /// None for text inside figures.
  let runs: [TextRun]

  static func parts(of element: Element) -> [ElementPart] {
    if let table = element.table {
      return table.cells.filter { !$0.runs.isEmpty }.map { ElementPart(text: $0.text, box: $0.box, runs: $0.runs) }
    }
    if let figure = element.figure {
      return figure.inside.split(separator: "\n").map { ElementPart(text: String($0), box: element.box, runs: []) }
    }
    return element.runs.isEmpty ? [] : [ElementPart(text: element.text, box: element.box, runs: element.runs)]
  }

  /// The words whose letters stand in a range of scalars of the text.
  func words(in range: Range<Int>) -> [Int] {
    var words: [Int] = []
    var start = 0
    for run in runs {
      let length = run.text.unicodeScalars.count
      for (index, word) in run.words.enumerated() where index < run.starts.count {
        let from = start + run.starts[index]
        let to = index + 1 < run.starts.count ? start + run.starts[index + 1] : start + length
        if from < range.upperBound, to > range.lowerBound { words.append(word) }
      }
      start += length
    }
    return words
  }
}
