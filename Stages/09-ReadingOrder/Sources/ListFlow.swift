import Contracts
import DocumentModel

/// Follows lists over columns and pages: a page by itself cannot know that its first item stands in an inner list.
struct ListFlow {
  private struct Level {
    /// Where its markers stand, as measured on the page where the list began.
    let left: Double
    /// Where the text of its last item begins, measured alike.
    let text: Double?
    /// The level on the item's own page; nil once the page is turned.
    var own: Int?
    let level: Int
    let marker: String
  }

  private var open: [Level] = []
  private var page = 0
  private var column: Int?
  private var edge = 0.0
  /// From where markers stood before the page was turned to where they stand now; nil where the list did not come from
  /// an earlier column or page, and the page itself tells the levels.
  private var shift: Double?
  private var margins = TextMargins()
  private var edges = ColumnEdges()

  private static let step = 6.0  // points: less than any list is indented, more than numbers are wide apart
  private static let same = 2.0  // points: markers of one list stand below each other, over pages too
  private static let sameText = 3.0  // points: tab stops and recognised letters waver
  private static let frame = 24.0  // points: the padding of a box or an indent, less than another list is indented

  /// - Returns: the item's level where it is not the one that its page alone tells.
  mutating func item(_ element: Element, page number: Int, output: AssemblyOutput) -> Int? {
    guard let list = element.list, element.typography.direction == .leftToRight else {
      interrupt()
      return nil
    }
    edges.read(number, output)
    if number != page || element.column != column { turn(to: element, number, output) }
    guard let shift else {
      open.removeAll { $0.level >= list.level }
      open.append(
        Level(left: element.box.left, text: list.textLeft, own: list.level, level: list.level, marker: list.marker))
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
    open.append(
      Level(
        left: left, text: list.textLeft.map { $0 - shift }, own: list.level, level: level, marker: list.marker))
    return level == list.level ? nil : level
  }

  /// The list goes on here if the first item stands where an open level's items stand, on the paper or in the column:
  /// facing pages may have other margins. So it does where the item stands below the text of the last one and counts its
  /// parts: `5.10.1` behind `5.10`.
  private mutating func turn(to element: Element, _ number: Int, _ output: AssemblyOutput) {
    let shifts = shifts(to: element, number, output)
    let left = element.box.left
    let found =
      shifts.first { shift in open.contains { abs($0.left + shift - left) <= Self.same } }
      ?? shifts.first { shift in
        guard let last = open.last, let text = last.text, let marker = element.list?.marker else { return false }
        return abs(text + shift - left) <= Self.sameText && Self.isPart(marker, of: last.marker)
      }
    if found == nil { open = [] }
    turn(to: element, number, output, shift: found)
  }

  private mutating func turn(to element: Element, _ number: Int, _ output: AssemblyOutput, shift found: Double?) {
    shift = found
    for index in open.indices { open[index].own = nil }
    (page, column, edge) = (number, element.column, output.edge(of: element))
  }

  private static func isPart(_ marker: String, of whole: String) -> Bool {
    let parts = marker.split(separator: ".")
    return parts.count > 1 && parts.dropLast() == whole.split(separator: ".")[...]
  }

  /// What may lie between a place of an earlier page and the same place here; none where a page lies between.
  private func shifts(to element: Element, _ number: Int, _ output: AssemblyOutput) -> [Double] {
    guard number == page || number == page + 1 else { return [] }
    let next = output.edge(of: element)
    var shifts = [0, next - edge].map { $0 + (shift ?? 0) }
    // A column of nothing but the list begins where its markers stand.
    if let first = open.first, edges.beginWithMarkers(element) { shifts.append(next - first.left) }
    return shifts
  }

  /// A text that is no item belongs to the item whose text stands at the same edge, if text outside lists does not. Any
  /// other ends the list, unless it stands further in than the outermost marker.
  ///
  /// - Returns: the level of the item that it belongs to.
  mutating func text(_ element: Element, page number: Int, output: AssemblyOutput) -> Int? {
    guard element.kind == .paragraph || element.kind == .code || element.kind == .formula, let first = open.first else {
      interrupt()
      margins.add(element, page: number, output: output)
      return nil
    }
    let isTurned = number != page || element.column != column
    edges.read(number, output)
    let isQuote = edges.isInset(element, output: output)
    for shift in isTurned ? shifts(to: element, number, output) : [shift ?? 0] {
      guard let owner = owner(of: element, shift, isQuote: isQuote) else { continue }
      if isTurned { turn(to: element, number, output, shift: shift) }
      open.removeSubrange((owner + 1)...)
      return open[owner].level
    }
    // On the next page it may stand anywhere, and says nothing of where other text stands.
    if isTurned {
      interrupt()
    } else if element.box.left - (shift ?? 0) <= first.left + Self.step {
      interrupt()
      margins.add(element, page: number, output: output)
    }
    return nil
  }

  /// The open level whose items' text stands where a text does, the innermost first.
  private func owner(of element: Element, _ shift: Double, isQuote: Bool) -> Int? {
    guard element.typography.direction == .leftToRight, !margins.holds(element), !isQuote else { return nil }
    return open.lastIndex { level in
      guard let text = level.text, text > level.left + Self.same else { return false }
      let further = element.box.left - shift - text
      // A listing may have a frame or an indent of its own around it.
      return further >= -Self.sameText && further <= (element.kind == .code ? Self.frame : Self.sameText)
    }
  }

  mutating func interrupt() {
    (open, shift) = ([], nil)
  }
}
