import Contracts
import DocumentModel

/// Follows lists over columns and pages: a page by itself cannot know that its first item stands in an inner list.
struct ListFlow {
  private struct Level {
    /// Where its markers stand, as measured on the page where the list began.
    let left: Double
    /// The level on the item's own page; nil once the page is turned.
    var own: Int?
    let level: Int
  }

  private var open: [Level] = []
  private var page = 0
  private var column: Int?
  private var edge = 0.0
  /// From where markers stood before the page was turned to where they stand now; nil where the list did not come from
  /// an earlier column or page, and the page itself tells the levels.
  private var shift: Double?

  private static let step = 6.0  // points: less than any list is indented, more than numbers are wide apart
  private static let same = 2.0  // points: markers of one list stand below each other, over pages too

  /// - Returns: the item's level where it is not the one that its page alone tells.
  mutating func item(_ element: Element, page number: Int, output: AssemblyOutput) -> Int? {
    guard let list = element.list, element.typography.direction == .leftToRight else {
      interrupt()
      return nil
    }
    if number != page || element.column != column { turn(to: element, number, output) }
    guard let shift else {
      open.removeAll { $0.level >= list.level }
      open.append(Level(left: element.box.left, own: list.level, level: list.level))
      return nil
    }
    let left = element.box.left - shift
    while let last = open.last, last.left > left + Self.step { open.removeLast() }
    // Series set at one indent are told apart by the page.
    while let last = open.last, let own = last.own, own > list.level, open.count > 1 { open.removeLast() }
    var level = (open.last?.level ?? 0) + 1
    if let last = open.last, left <= last.left + Self.step, last.own.map({ $0 == list.level }) ?? true {
      level = last.level
      open.removeLast()
    }
    open.append(Level(left: left, own: list.level, level: level))
    return level == list.level ? nil : level
  }

  /// The list goes on here if the first item stands where an open level's items stand, on the paper or in the column:
  /// facing pages may have other margins.
  private mutating func turn(to element: Element, _ number: Int, _ output: AssemblyOutput) {
    let next = element.column.flatMap { output.columns.indices.contains($0) ? output.columns[$0].left : nil } ?? 0
    let shifts = [0, next - edge].map { $0 + (shift ?? 0) }
    let isNext = number == page || number == page + 1
    shift = shifts.first { shift in
      isNext && open.contains { abs($0.left + shift - element.box.left) <= Self.same }
    }
    if shift == nil { open = [] }
    for index in open.indices { open[index].own = nil }
    (page, column, edge) = (number, element.column, next)
  }

  /// A text that is no item ends the list, unless it stands further in than the outermost marker.
  mutating func text(_ element: Element, page number: Int, output: AssemblyOutput) {
    guard element.kind == .paragraph || element.kind == .code || element.kind == .formula, let first = open.first else {
      return interrupt()
    }
    // On the next page it may stand anywhere.
    let isTurned = number != page || element.column != column
    if isTurned || element.box.left - (shift ?? 0) <= first.left + Self.step { interrupt() }
  }

  mutating func interrupt() {
    (open, shift) = ([], nil)
  }
}
