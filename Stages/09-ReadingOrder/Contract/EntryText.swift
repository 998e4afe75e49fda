import DocumentModel
import StageKit

/// The joined text of a reading-order entry, and the way back from any place in it to the words it came from.
///
/// Chunks, summaries and fields give their places as Unicode scalar offsets into this text, so it is made here, once, for
/// all of them.
package struct EntryText: Sendable {
  /// A run of one of the entry's elements, and where it begins in the joined text.
  package struct Piece: Sendable {
    package let element: ElementID
    package let run: TextRun
    /// What stands in the joined text between the piece before and this one.
    package let lead: String
    /// Unicode scalars of the joined text before this piece.
    package let start: Int
    /// How many scalars of the run's text are left: one fewer than it has where a line-break hyphen was dropped.
    package let length: Int
  }

  package let text: String
  package let pieces: [Piece]

  /// Joins the elements of an entry as its joins say; tables and figures have no joined text.
  package init(_ entry: ReadingEntry, reader: ElementReader) throws {
    var text = ""
    var pieces: [Piece] = []
    var offset = 0
    var lead = ""
    for (index, id) in entry.elements.enumerated() {
      let element = try reader.element(id)
      var runs = element.runs
      if index > 0, !text.isEmpty {
        var gap = ""
        switch index - 1 < entry.joins.count ? entry.joins[index - 1] : .space {
        case .hyphen:
          if let last = pieces.last, let scalar = text.unicodeScalars.last, Self.hyphens.contains(scalar) {
            text.unicodeScalars.removeLast()
            offset -= 1
            pieces[pieces.count - 1] = Piece(
              element: last.element, run: last.run, lead: last.lead, start: last.start, length: last.length - 1)
          }
        case .keepHyphen: break
        case .lines:
          gap = "\n"
          runs = CodeIndent.runs(runs, indentedBy: try CodeIndent.columns(of: id, after: entry.elements[0], reader))
        case .space, .rows, .rowsRepeatingHeader, .cells, .cellsRepeatingHeader: gap = " "
        }
        text += gap
        lead += gap
        offset += gap.unicodeScalars.count
      }
      for run in runs {
        let length = run.text.unicodeScalars.count
        pieces.append(Piece(element: id, run: run, lead: lead, start: offset, length: length))
        lead = ""
        text += run.text
        offset += length
      }
    }
    self.text = text
    self.pieces = pieces
  }

  /// How many Unicode scalars the text has.
  package var length: Int { pieces.last.map { $0.start + $0.length } ?? 0 }

  /// The words whose letters stand in a range of scalars, in order, grouped by element.
  package func words(in range: Range<Int>) -> [(element: ElementID, words: [Int])] {
    var found: [(element: ElementID, words: [Int])] = []
    for piece in pieces where piece.start < range.upperBound && piece.start + piece.length > range.lowerBound {
      var words: [Int] = []
      for (index, word) in piece.run.words.enumerated() where index < piece.run.starts.count {
        let from = piece.start + piece.run.starts[index]
        let to =
          index + 1 < piece.run.starts.count ? piece.start + piece.run.starts[index + 1] : piece.start + piece.length
        if from < range.upperBound, to > range.lowerBound { words.append(word) }
      }
      if found.last?.element == piece.element {
        found[found.count - 1].words += words
      } else {
        found.append((piece.element, words))
      }
    }
    return found
  }

  /// Hyphen-minus, hyphen, soft hyphen.
  private static let hyphens: Set<Unicode.Scalar> = ["-", "\u{2010}", "\u{AD}"]
}
