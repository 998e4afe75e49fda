import DocumentModel

/// The lines and blocks of a page as they gather, flow by flow.
struct LayoutAssembly {
  private(set) var lines: [Line] = []
  private(set) var blocks: [Block] = []
  /// Indices into the blocks.
  private(set) var marginNotes: [Int] = []

  /// - Parameter columns: which of the page's columns a block stands in. What is turned and what counts lines stands in
  ///   none: it is no part of the text that runs down them.
  mutating func append(_ flow: TurnedFlow, columns: (DraftBlock) -> Int? = { _ in nil }) {
    let base: ReadingDirection = WordOrder.isRightToLeft(flow.placed.lazy.map(\.sense)) ? .rightToLeft : .leftToRight
    for block in flow.blocks {
      let first = lines.count
      let done = (base == .rightToLeft ? Self.fromTheRight(block.lines) : block.lines).map { finished($0, flow, base) }
      guard let box = done.lazy.map(\.box).union() else { continue }
      lines += done
      let indices = Array(first..<lines.count)
      if block.isNote { marginNotes.append(blocks.count) }
      blocks.append(Block(lines: indices, box: box, column: columns(block)))
    }
  }

  private static let level = 0.4  // of the smaller size: lines of one row differ by less

  /// Lines that stand beside each other, as they are read on a page that reads from right to left.
  private static func fromTheRight(_ lines: [DraftLine]) -> [DraftLine] {
    var rows: [[DraftLine]] = []
    for line in lines {
      if let last = rows.last?.last, line.box.left >= last.box.right - 1,
        abs(line.baseline - last.baseline) <= level * min(line.size, last.size)
      {
        rows[rows.count - 1].append(line)
      } else {
        rows.append([line])
      }
    }
    return rows.flatMap { $0.reversed() }
  }

  private func finished(_ line: DraftLine, _ flow: TurnedFlow, _ base: ReadingDirection) -> Line {
    let (order, direction) = WordOrder.read(line.words.map { flow.placed[$0].sense }, on: base)
    let words = order.map { line.words[$0] }
    let box = words.lazy.map { flow.placed[$0].pageBox }.union()
    return Line(
      words: words.map { flow.placed[$0].index }, box: box ?? line.box,
      baseline: flow.frame.slanted(y: line.baseline, atX: line.box.midX), size: line.size, turn: flow.turn,
      direction: direction)
  }
}
