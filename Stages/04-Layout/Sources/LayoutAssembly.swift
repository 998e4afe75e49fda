import DocumentModel

/// The lines and blocks of a page as they gather, flow by flow.
struct LayoutAssembly {
  private(set) var lines: [Line] = []
  private(set) var blocks: [Block] = []

  mutating func append(_ flow: TurnedFlow) {
    let strips = flow.columnFinder()
    for block in flow.blocks {
      let first = lines.count
      let done = block.lines.map { finished($0, flow) }
      guard let box = done.lazy.map(\.box).union() else { continue }
      lines += done
      let indices = Array(first..<lines.count)
      blocks.append(Block(lines: indices, box: box, column: strips(block)))
    }
  }

  private func finished(_ line: DraftLine, _ flow: TurnedFlow) -> Line {
    let (words, direction) = WordOrder.read(line.words, of: flow.placed)
    let box = words.lazy.map { flow.placed[$0].pageBox }.union()
    return Line(
      words: words.map { flow.placed[$0].index }, box: box ?? line.box,
      baseline: flow.frame.slanted(y: line.baseline, atX: line.box.midX), size: line.size, turn: flow.turn,
      direction: direction)
  }
}
