import Contracts
import DocumentModel
import StageKit

/// From words, rules and images to the layout of one page.
struct PageGeometry {
  let size: PageSize
  let words: OCROutput
  /// In page coordinates.
  let rules: [RulingLine]
  /// In page coordinates.
  let images: [BoundingBox]
  let columns: LayoutOptions.Columns
  /// Of the text, what the raster does not show though the page does.
  var undrawn = Undrawn.nothing

  private static let scan = 0.85  // of the page: such an image is the page itself
  private static let background = 0.6  // of the page: a larger image is what the page is printed on
  private static let mostSegments = 20_000  // beyond it a page is no text in columns, and is read straight across
  private static let leastBandRule = 3.0  // em: shorter rules part nothing

  func output(isBlank: ((BoundingBox) -> Bool)? = nil) -> LayoutOutput {
    let isScan = images.contains { $0.area >= Self.scan * size.bounds.area }
    let (kept, dropped) = WordSieve.sift(
      words.words, page: size, isScan: isScan, undrawn: undrawn, isBlank: isBlank)
    var turned: [QuarterTurn: [Int]] = [:]
    let turns = ApparentTurn.turns(of: kept, in: words)
    for (index, turn) in zip(kept, turns) { turned[turn, default: []].append(index) }
    let main = flow(turned[words.turn] ?? [], turn: words.turn, isMain: true)
    // What stands turned against the page (margin stamps, axis names) follows what the page says itself.
    let others = QuarterTurn.allCases.filter { $0 != words.turn }.map {
      flow(turned[$0] ?? [], turn: $0, isMain: false)
    }
    var assembled = LayoutAssembly()
    assembled.append(main.text, columns: main.text.columnFinder())
    for flow in others.map(\.text) + [main.lineNumbers] { assembled.append(flow) }
    let lineNumbers = assembled.blocks.indices.suffix(main.lineNumbers.blocks.count)
    return LayoutOutput(
      size: size, turn: words.turn, lines: assembled.lines, blocks: assembled.blocks, columns: main.text.columns,
      rules: rules, separators: main.text.separators, imageAreas: images, dropped: dropped,
      lineNumbers: lineNumbers.isEmpty ? nil : Array(lineNumbers),
      marginNotes: assembled.marginNotes.isEmpty ? nil : assembled.marginNotes)
  }

  private func lineNumbers(_ all: [PlacedWord]) -> [[Int]] {
    let leaders = all.lazy.map(\.index).filter { words.words[$0].text.unicodeScalars.allSatisfy(LeaderSign.isLeader) }
    return LineNumbers(
      all, values: all.map { Self.number(words.words[$0.index].text) }, leaders: Set(leaders)
    ).columns
  }

  /// - Returns: the text, and apart from it the numbers that count its lines.
  private func flow(_ indices: [Int], turn: QuarterTurn, isMain: Bool) -> (text: TurnedFlow, lineNumbers: TurnedFlow) {
    let frame = ReadingFrame(page: size, turn: turn, skew: words.skew)
    let all = indices.map { index in
      let word = words.words[index]
      let font = word.font.flatMap { words.fonts.indices.contains($0) ? words.fonts[$0] : nil }
      return PlacedWord(word, index: index, font: font, frame: frame)
    }
    let empty = TurnedFlow(frame: frame, turn: turn)
    guard !all.isEmpty else { return (empty, empty) }
    let numbers = isMain ? lineNumbers(all) : []
    let apart = Set(numbers.joined())
    let kept = all.indices.filter { !apart.contains($0) }
    let placed = kept.map { all[$0] }
    let index = RuleIndex(rules.map { frame.place($0) })
    let segments = WordChains(placed, rules: index).segments()
    let rightToLeft = WordOrder.isRightToLeft(placed.lazy.map(\.sense))
    let lookForColumns = isMain && columns == .auto && segments.count <= Self.mostSegments
    let values = placed.map { Self.lineNumber(words.words[$0.index].text) }
    let notes = lookForColumns && !rightToLeft ? MarginNotes(segments, placed: placed, values: values) : nil
    let inMargin = Set(notes?.notes.flatMap { $0.segments.map { $0.words[0] } } ?? [])
    let cut = PageCut(
      segments.filter { !inMargin.contains($0.words[0]) }, obstacles: obstacles(frame, index, placed), rules: index,
      rightToLeft: rightToLeft, lookForColumns: lookForColumns)
    var blocks = cut.pieces.flatMap { BlockBuilder.blocks(of: $0, placed: placed, rules: index) }
    if let notes { blocks = notes.put(into: blocks, placed: placed, rules: index) }
    let text = TurnedFlow(frame: frame, turn: turn, placed: placed, blocks: blocks, gutters: cut.gutters)
    let counted = notes?.notes.filter(\.isNumber).flatMap { $0.segments.map { kept[$0.words[0]] } } ?? []
    let columns = (numbers + [counted]).compactMap { column -> DraftBlock? in
      let lines = column.map { at in
        DraftLine(words: [at], box: all[at].box, baseline: all[at].baseline, size: all[at].size)
      }
      return lines.lazy.map(\.box).union().map { DraftBlock(lines: lines, box: $0, strip: nil) }
    }
    return (text, columns.isEmpty ? empty : TurnedFlow(frame: frame, turn: turn, placed: all, blocks: columns))
  }

  /// A number of up to five digits that stands by itself.
  private static func number(_ text: String) -> Int? {
    let scalars = text.unicodeScalars
    guard scalars.count <= 5, scalars.allSatisfy({ (0x30...0x39).contains($0.value) }) else { return nil }
    return Int(text)
  }

  /// The same, and one that a letter follows: two texts side by side are counted apart.
  private static func lineNumber(_ text: String) -> Int? {
    number(text) ?? (text.unicodeScalars.last?.properties.isAlphabetic == true ? number(String(text.dropLast())) : nil)
  }

  /// Images and rules that text columns do not run through.
  private func obstacles(_ frame: ReadingFrame, _ rules: RuleIndex, _ placed: [PlacedWord]) -> [BoundingBox] {
    let sizes = placed.map(\.size).sorted()
    let em = sizes[sizes.count / 2]
    let pictures = images.filter { $0.area < Self.background * size.bounds.area }.map(frame.place)
    return pictures + rules.horizontals.filter { $0.length >= Self.leastBandRule * em }.map(\.box)
  }
}
