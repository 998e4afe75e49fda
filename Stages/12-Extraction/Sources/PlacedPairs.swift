import Contracts
import DocumentModel

/// Labels of a form without signs or rules: in a column of their own beside the column of values, or in smaller letters
/// right above them. One label says little; several that stand alike do.
struct PlacedPairs {
  private let page: PageText

  init(_ page: PageText) { self.page = page }

  /// Lines that are one text, from top to bottom.
  private struct Block {
    var lines: [Int]
    var box: BoundingBox
  }

  private struct Found {
    let label: Block
    let value: Block
  }

  func pairs() -> [KeyValuePair] {
    guard page.segments.count <= Self.mostSegments else { return [] }
    let beside = self.beside()
    let taken = Set(beside.flatMap { $0.label.lines + $0.value.lines })
    return (beside + above(besides: taken)).map(pair)
  }

  // MARK: Beside

  private func beside() -> [Found] {
    let labels = blocks()
    var found: [Found] = []
    var from = 0
    while from < labels.count {
      let column = labels[from...].prefix { abs($0.box.left - labels[from].box.left) < Self.slack * height(of: $0) }
      from += column.count
      guard column.count >= Self.fewest else { continue }
      found += beside(Array(column))
    }
    return found
  }

  /// The column's labels with their values, where these share an edge as well.
  private func beside(_ column: [Block]) -> [Found] {
    var values = column.map { label in (label: label, value: value(beside: label)) }
    // Headings and what follows the form may begin at the same edge.
    guard let first = values.firstIndex(where: { $0.value != nil }),
      let last = values.lastIndex(where: { $0.value != nil })
    else { return [] }
    values = values[first...last].reduce(into: []) { rows, row in
      // A label's lines that stand far apart have one value.
      if let value = row.value, let above = rows.last, above.value?.lines == value.lines {
        rows[rows.count - 1].label = block(above.label.lines + row.label.lines)
      } else {
        rows.append(row)
      }
    }
    let lefts = values.compactMap { $0.value?.box.left }.sorted()
    guard lefts.count >= Self.fewest, lefts.count * 3 >= values.count * 2 else { return [] }
    let common = lefts[lefts.count / 2]
    let found = values.compactMap { label, value in value.map { Found(label: label, value: $0) } }
      .filter { abs($0.value.box.left - common) < height(of: $0.value) && $0.label.box.right < common }
    return isTelling(found) ? found : []
  }

  /// What may be labels, line by line one text, by column and then from top to bottom.
  private func blocks() -> [Block] {
    var blocks: [Block] = []
    let places = page.segments.indices.filter { !page.segments[$0].text.contains(":") }
    let columns = columns(places)
    for index in places.sorted(by: { (columns[$0] ?? 0, $0) < (columns[$1] ?? 0, $1) }) {
      let line = page.segments[index]
      if let last = blocks.last, let before = last.lines.last,
        abs(last.box.left - line.box.left) < Self.slack * line.height,
        abs(page.segments[before].height - line.height) < Self.alike * line.height,
        line.box.top - last.box.bottom < Self.leading * line.height
      {
        blocks[blocks.count - 1].lines.append(index)
        blocks[blocks.count - 1].box = last.box.union(line.box)
      } else {
        blocks.append(Block(lines: [index], box: line.box))
      }
    }
    return blocks.filter { Self.mayBeLabel(text(of: $0)) }
  }

  /// By segment the number of its left edge, counted from the left.
  private func columns(_ places: [Int]) -> [Int: Int] {
    var columns: [Int: Int] = [:]
    var before: (left: Double, column: Int)?
    for index in places.sorted(by: { (page.segments[$0].box.left, $0) < (page.segments[$1].box.left, $1) }) {
      let line = page.segments[index]
      let isSame = before.map { line.box.left - $0.left < Self.slack * line.height } ?? false
      let column = before.map { isSame ? $0.column : $0.column + 1 } ?? 0
      columns[index] = column
      before = (isSame ? before?.left ?? line.box.left : line.box.left, column)
    }
    return columns
  }

  /// The nearest lines to the right that stand no higher and no lower than a label.
  private func value(beside label: Block) -> Block? {
    let slack = Self.slack * height(of: label)
    let beside = page.segments.indices.filter {
      let box = page.segments[$0].box
      return box.left > label.box.right && box.midY > label.box.top - slack && box.midY < label.box.bottom + slack
    }
    guard let left = beside.map({ page.segments[$0].box.left }).min() else { return nil }
    let lines = beside.filter { page.segments[$0].box.left - left < height(of: label) }
    return page.segments[lines[0]].text.contains(":") ? nil : block(lines)
  }

  // MARK: Above

  private func above(besides taken: Set<Int>) -> [Found] {
    var found: [Found] = []
    for index in page.segments.indices where !taken.contains(index) {
      let label = page.segments[index]
      guard Self.mayBeLabel(label.text), !label.text.contains(":"),
        let below = page.below(index, lines: 1).first, !taken.contains(below)
      else { continue }
      let value = page.segments[below]
      guard label.height < Self.smaller * value.height,
        abs(label.box.left - value.box.left) < Self.slack * value.height,
        value.box.top - label.box.bottom < Self.leading * value.height
      else { continue }
      found.append(Found(label: block([index]), value: block([below])))
    }
    // Forms have one size of labels and one of values.
    func heights(_ one: Found) -> (Double, Double) { (height(of: one.label), height(of: one.value)) }
    let sizes = found.map(heights).sorted { $0 < $1 }
    guard sizes.count >= Self.fewest else { return [] }
    let common = sizes[sizes.count / 2]
    let alike = found.filter {
      abs(height(of: $0.label) - common.0) < Self.alike * common.0
        && abs(height(of: $0.value) - common.1) < Self.alike * common.1
    }
    return isTelling(alike) ? alike : []
  }

  // MARK: Judgement

  /// Several labels, no two alike, with numbers and with words for values: rows of a list have only numbers.
  private func isTelling(_ found: [Found]) -> Bool {
    let labels = Set(found.map { text(of: $0.label) })
    guard found.count >= Self.fewest, labels.count == found.count else { return false }
    let values = found.map { text(of: $0.value) }
    return values.contains { $0.contains(where: \.isNumber) }
      && values.contains { $0.count(where: \.isLetter) >= Self.word }
  }

  static func mayBeLabel(_ text: String) -> Bool {
    // "Number of tables (max. 4)": what stands in brackets may be anything.
    var depth = 0
    let bare = text.filter { letter in
      depth += letter == "(" ? 1 : letter == ")" ? -1 : 0
      return depth == 0 && letter != ")"
    }
    return bare.contains(where: \.isLetter) && !bare.contains(where: \.isNumber) && !bare.contains("@")
      && !bare.contains("_") && !endsSentence(text) && text.count <= longest
      && text.split(separator: " ").count <= mostWords && text.first?.isLetter ?? false
  }

  /// "No." is short for something.
  private static func endsSentence(_ text: String) -> Bool {
    text.hasSuffix(".") && text.split(separator: " ").last?.count ?? 0 > abbreviation
  }

  private func block(_ lines: [Int]) -> Block {
    Block(lines: lines, box: lines.map { page.segments[$0].box }.union() ?? page.segments[lines[0]].box)
  }

  private func height(of block: Block) -> Double { page.segments[block.lines[0]].height }

  private func text(of block: Block) -> String { block.lines.map { page.segments[$0].text }.joined(separator: " ") }

  private func pair(_ found: Found) -> KeyValuePair {
    let read = (found.label.lines + found.value.lines).map { page.segments[$0].confidence }.min() ?? 0
    return KeyValuePair(
      label: text(of: found.label), value: text(of: found.value),
      labelProvenance: page.provenance(of: found.label.lines),
      valueProvenance: page.provenance(of: found.value.lines), confidence: Score(Self.sure * (0.6 + 0.4 * read)))
  }

  /// Pairs with those that only places tell: of one value the longer label counts, which goes on where a table ended.
  static func merged(_ pairs: [KeyValuePair], _ placed: [KeyValuePair]) -> [KeyValuePair] {
    guard !placed.isEmpty else { return pairs }
    func same(_ one: KeyValuePair, _ other: KeyValuePair) -> Bool {
      one.valueProvenance.page == other.valueProvenance.page
        && one.valueProvenance.box.horizontalOverlap(other.valueProvenance.box) > 0
        && one.valueProvenance.box.top < other.valueProvenance.box.bottom
        && other.valueProvenance.box.top < one.valueProvenance.box.bottom
    }
    let longer = { (pair: KeyValuePair) in
      placed.first { same($0, pair) && $0.label.hasPrefix(pair.label + " ") && $0.value == pair.value } ?? pair
    }
    return pairs.map(longer) + placed.filter { pair in !pairs.contains { same($0, pair) || $0.value == pair.value } }
  }

  private static let sure = 0.7
  private static let fewest = 3  // labels that stand alike
  private static let slack = 0.6  // heights of a line by which edges may differ
  private static let alike = 0.12  // of a height
  private static let leading = 0.5  // heights of a line between two lines of one text
  private static let smaller = 0.88  // of its value's height
  private static let word = 4  // letters
  private static let abbreviation = 5  // letters with the point
  private static let mostWords = 8
  private static let longest = 70  // letters of a label
  private static let mostSegments = 600  // a page of a form has fewer
}
