import Contracts
import DocumentModel

/// Finds what stands beside the text of a page: narrow margin columns in other type, and quotes set into the columns.
struct Asides {
  private var indices: Set<Int> = []

  init(_ page: AssemblyOutput) {
    guard page.columns.count > 1, page.elements.count <= Self.most else { return }
    let letters = page.elements.map { element in element.runs.reduce(0) { $0 + $1.text.utf8.count } }
    let margins = Self.margins(page, letters)
    let span = page.columns.union()
    for (index, element) in page.elements.enumerated() where !element.kind.isFloat && element.kind != .title {
      if let column = element.column {
        if margins.contains(column) { indices.insert(index) }
      } else if let span, Self.isInset(element, page, span) {
        indices.insert(index)
      }
    }
  }

  func contains(_ index: Int) -> Bool { indices.contains(index) }

  /// Columns beside the one with most text and much narrower, with little text, in another size or face than the rest.
  private static func margins(_ page: AssemblyOutput, _ letters: [Int]) -> Set<Int> {
    var byColumn = Array(repeating: 0, count: page.columns.count)
    var sizes = Array(repeating: [Double: Int](), count: page.columns.count)
    for (index, element) in page.elements.enumerated() {
      guard let column = element.column, page.columns.indices.contains(column), !element.kind.isFurniture else {
        continue
      }
      byColumn[column] += letters[index]
      sizes[column][element.typography.size, default: 0] += letters[index]
    }
    let all = max(byColumn.reduce(0, +), 1)
    guard let main = byColumn.indices.max(by: { (byColumn[$0], $1) < (byColumn[$1], $0) }) else { return [] }
    func prevailing(_ column: Int) -> Double { sizes[column].max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0 }
    return Set(
      page.columns.indices.filter { column in
        column != main && page.columns[column].width < narrow * page.columns[main].width && byColumn[column] > 0
          && Double(byColumn[column]) < little * Double(all)
          && page.columns[column].verticalOverlap(page.columns[main]) > beside * page.columns[column].height
          && abs(prevailing(column) - prevailing(main)) >= otherSize
      })
  }

  /// A text over the gap between columns that leaves room for text on both sides of it.
  private static func isInset(_ element: Element, _ page: AssemblyOutput, _ span: BoundingBox) -> Bool {
    guard element.kind == .paragraph, element.box.width < inset * span.width else { return false }
    let touched = page.columns.filter { $0.horizontalOverlap(element.box) > otherSize }.count
    guard touched > 1 else { return false }
    func beside(_ side: (Element) -> Bool) -> Bool {
      page.elements.contains {
        $0.column != nil && $0.kind == .paragraph && side($0)
          && $0.box.verticalOverlap(element.box) > 0.5 * min($0.box.height, element.box.height)
      }
    }
    return beside { $0.box.midX < element.box.left } && beside { $0.box.midX > element.box.right }
  }

  private static let most = 2000  // elements: each inset is held against all; a page of print has a hundred
  private static let narrow = 0.5  // of the column with most text: what spans several may be wider
  private static let beside = 0.5  // of its height: the names of authors stand over the text
  private static let little = 0.3  // of the page's letters
  private static let otherSize = 0.5  // points: the smallest step between sizes of type in use
  private static let inset = 0.7  // of the width of all columns
}

extension AssemblyOutput {
  /// Whether a text stands in the margin beside the column that it is read in.
  func isInMargin(_ element: Element) -> Bool {
    guard element.kind == .paragraph, let column = element.column, columns.indices.contains(column) else {
      return false
    }
    return element.box.right <= columns[column].left || element.box.left >= columns[column].right
  }
}
