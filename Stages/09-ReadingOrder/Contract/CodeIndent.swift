import DocumentModel
import StageKit

/// The indent that a listing's lines have on a later page or column: each element measures its own from its leftmost line.
enum CodeIndent {
  /// How many letters further in an element stands than the one its listing begins with.
  ///
  /// Pages may have other margins, and the edge of a column may be that of the listing itself, so both the paper and the
  /// column must say it.
  static func columns(of id: ElementID, after first: ElementID, _ reader: ElementReader) throws -> Int {
    let (element, start) = (try reader.element(id), try reader.element(first))
    let advance = [start, element].map(letterWidth).filter { $0 > 0 }.min() ?? 0
    guard advance > 0 else { return 0 }
    let onPaper = element.box.left - start.box.left
    let inColumn = onPaper - (try columnLeft(element, id, reader) - columnLeft(start, first, reader))
    let columns = (min(onPaper, inColumn) / advance).rounded()
    return columns > 0 ? Int(min(columns, widest)) : 0
  }

  /// The same runs, each of their lines with so many spaces before it.
  static func runs(_ runs: [TextRun], indentedBy columns: Int) -> [TextRun] {
    guard columns > 0 else { return runs }
    let indent = String(repeating: " ", count: columns)
    var atStart = true
    return runs.map { run in
      var text = ""
      var length = 0
      var starts: [Int] = []
      for (place, scalar) in run.text.unicodeScalars.enumerated() {
        if atStart, scalar != "\n" {
          text += indent
          length += columns
        }
        atStart = scalar == "\n"
        while starts.count < run.starts.count, run.starts[starts.count] <= place { starts.append(length) }
        text.unicodeScalars.append(scalar)
        length += 1
      }
      while starts.count < run.starts.count { starts.append(length) }
      return TextRun(text: text, style: run.style, link: run.link, words: run.words, starts: starts)
    }
  }

  /// The width of a letter, from the longest line; 0 where there is none.
  private static func letterWidth(_ element: Element) -> Double {
    var (longest, length) = (0, 0)
    for scalar in element.text.unicodeScalars {
      length = scalar == "\n" ? 0 : length + 1
      longest = max(longest, length)
    }
    return longest > 0 ? element.box.width / Double(longest) : 0
  }

  private static func columnLeft(_ element: Element, _ id: ElementID, _ reader: ElementReader) throws -> Double {
    guard let columns = try reader.page(id.page).value?.columns, let column = element.column,
      columns.indices.contains(column)
    else { return 0 }
    return columns[column].left
  }

  private static let widest = 200.0  // letters: wider than any page of type
}
