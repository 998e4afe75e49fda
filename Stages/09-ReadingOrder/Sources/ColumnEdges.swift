import Contracts
import DocumentModel

/// What stands at the edges of a page's columns, read once a page.
struct ColumnEdges {
  private var page = 0
  /// How far the lines of each column reach to the right.
  private var rights: [Int: Double] = [:]
  /// The columns that begin where the markers of a list stand.
  private var listed: Set<Int> = []

  mutating func read(_ number: Int, _ output: AssemblyOutput) {
    guard number != page else { return }
    (page, rights, listed) = (number, [:], [])
    for element in output.elements {
      guard let column = element.column, element.kind == .paragraph || element.kind == .listItem else { continue }
      if element.typography.lines > 1 { rights[column] = max(rights[column] ?? 0, element.box.right) }
      if element.kind == .listItem, abs(element.box.left - output.edge(of: element)) <= Self.same {
        listed.insert(column)
      }
    }
  }

  /// Whether nothing in an element's column stands further out than the markers of a list.
  func beginWithMarkers(_ element: Element) -> Bool { element.column.map(listed.contains) ?? false }

  /// Whether a paragraph of several lines keeps away from the right edge as it does from the left, as quotes do: an item's
  /// paragraphs are as wide as its text.
  func isInset(_ element: Element, output: AssemblyOutput) -> Bool {
    guard element.kind == .paragraph, element.typography.lines >= Self.leastLines,
      let right = element.column.flatMap({ rights[$0] })
    else { return false }
    let inset = element.box.left - output.edge(of: element)
    return inset > Self.least && right - element.box.right >= Self.share * inset
  }

  private static let same = 2.0  // points: letters' side bearings
  private static let leastLines = 3  // of two lines the first may end early by chance
  private static let least = 6.0  // points: less than any quote is indented
  private static let share = 0.6  // of the indent at the left: ragged lines come nearer to the edge
}

extension AssemblyOutput {
  /// The left edge of an element's column; 0 where it spans several.
  func edge(of element: Element) -> Double {
    element.column.flatMap { columns.indices.contains($0) ? columns[$0].left : nil } ?? 0
  }
}
