import Contracts
import DocumentModel

/// Finds labels with their values by place: behind a colon, to the right, below, behind leaders.
struct PairFinder {
  private let page: PageText
  private let prose: RunningText

  init(_ page: PageText) {
    self.page = page
    prose = RunningText(page)
  }

  func pairs() -> [KeyValuePair] {
    var pairs: [KeyValuePair] = []
    var taken: Set<Int> = []
    for index in page.segments.indices where !taken.contains(index) {
      guard let colon = labelEnd(page.segments[index]), !prose.continues(index) else { continue }
      let segment = page.segments[index]
      let rest = trimmed(segment, colon.next..<segment.scalars.count)
      let label = trimmed(segment, 0..<colon.end)
      if prose.isClause(Scalars(segment.scalars.text(label))) { continue }
      if !rest.isEmpty {
        if prose.isSentence(index, from: rest.lowerBound) { continue }
        let parts = InlineLabels(page, segment).parts(label: label, value: rest)
        for part in parts.dropLast() {
          add(&pairs, index, trimmed(segment, part.label), [(index, trimmed(segment, part.value))], 0.9)
        }
        guard let last = parts.last else { continue }
        let value = trimmed(segment, last.value)
        if value.isEmpty { continue }
        let left = page.provenance(segment, value).box.left
        let more = continuation(of: index, from: left, &taken)
        add(&pairs, index, trimmed(segment, last.label), [(index, value)] + more, 0.9)
      } else if let right = page.right(of: index).first, labelEnd(page.segments[right]) == nil {
        taken.insert(right)
        var values = [(right, trimmed(page.segments[right], 0..<page.segments[right].scalars.count))]
        values += continuation(of: right, from: page.segments[right].box.left, &taken)
        add(&pairs, index, label, values, 0.85)
      } else if let below = page.below(index, lines: 1).first, labelEnd(page.segments[below]) == nil,
        isUnder(below, index)
      {
        taken.insert(below)
        let value = (below, trimmed(page.segments[below], 0..<page.segments[below].scalars.count))
        let left = page.segments[below].box.left
        add(&pairs, index, label, [value] + continuation(of: below, from: left, &taken), 0.6)
      }
      if pairs.count >= Self.most { break }
    }
    return pairs
  }

  /// Where the label ends and its value begins, or nil where a line is no label.
  private func labelEnd(_ segment: PageText.Segment) -> (end: Int, next: Int)? {
    let text = segment.scalars
    var words = 0
    for at in 0..<min(text.count, Self.longestLabel) {
      guard let sign = text[at] else { break }
      if text.isSpace(at) { words += 1 }
      if words > Self.labelWords { return nil }
      if sign == ":" || sign == "：" {
        // Times, ratios and addresses of the web have colons too.
        if text.isDigit(at - 1), text.isDigit(at + 1) || text[at + 1] == "/" { return nil }
        if text[at + 1] == "/" { return nil }
        return (0..<at).contains { text.isLetter($0) } ? (at, at + 1) : nil
      }
      // Leaders: "Name ........ Value".
      if sign == "." || sign == "_" || sign == "…", text[at + 1] == sign, text[at + 2] == sign || sign == "…", at > 1 {
        var next = at
        while let leader = text[next], leader == sign || text.isSpace(next) { next += 1 }
        return (0..<at).contains { text.isLetter($0) } ? (at, next) : nil
      }
    }
    return nil
  }

  /// Further lines of a value: right below it, flush left with it, with nothing in the label's place.
  private func continuation(of value: Int, from left: Double, _ taken: inout Set<Int>) -> [(Int, Range<Int>)] {
    var found: [(Int, Range<Int>)] = []
    var last = value
    for below in page.below(value, lines: Self.valueLines) {
      let line = page.segments[below]
      guard labelEnd(line) == nil, abs(line.box.left - left) < line.height,
        line.box.top - page.segments[last].box.bottom < line.height * 0.8, !taken.contains(below),
        page.rows[line.row].first == below
      else { break }
      taken.insert(below)
      found.append((below, trimmed(line, 0..<line.scalars.count)))
      last = below
    }
    return found
  }

  private func isUnder(_ below: Int, _ label: Int) -> Bool {
    let (a, b) = (page.segments[label], page.segments[below])
    return abs(a.box.left - b.box.left) < 2 * a.height && b.box.top - a.box.bottom < 1.2 * a.height
  }

  private func trimmed(_ segment: PageText.Segment, _ range: Range<Int>) -> Range<Int> {
    var range = range
    while !range.isEmpty, isBlank(segment, range.lowerBound) { range = range.lowerBound + 1..<range.upperBound }
    while !range.isEmpty, isBlank(segment, range.upperBound - 1) { range = range.lowerBound..<range.upperBound - 1 }
    return range
  }

  /// Spaces, and the lines of a form that are written upon.
  private func isBlank(_ segment: PageText.Segment, _ at: Int) -> Bool {
    segment.scalars.isSpace(at) || segment.scalars[at] == "_"
  }

  private func add(
    _ pairs: inout [KeyValuePair], _ index: Int, _ label: Range<Int>, _ values: [(segment: Int, range: Range<Int>)],
    _ sure: Double
  ) {
    let segment = page.segments[index]
    let parts = values.filter { !$0.range.isEmpty }
    guard !label.isEmpty, let first = parts.first else { return }
    let text = parts.map { page.segments[$0.segment].scalars.text($0.range) }.joined(separator: " ")
    // What ends in a colon is the next label, and signs alone are no value.
    guard text.unicodeScalars.count <= Self.longestValue, text.last != ":",
      text.unicodeScalars.contains(where: { $0.isLetter || $0.isNumeral })
    else { return }
    let place = page.provenance(page.segments[first.segment], first.range)
    let rest = parts.dropFirst().map { page.provenance(page.segments[$0.segment], $0.range) }
    let read = min(segment.confidence, parts.map { page.segments[$0.segment].confidence }.min() ?? 0)
    pairs.append(
      KeyValuePair(
        label: segment.scalars.text(label), value: text, labelProvenance: page.provenance(segment, label),
        valueProvenance: Provenance(
          page: page.number, box: rest.reduce(place.box) { $0.union($1.box) },
          words: place.words + rest.flatMap(\.words)),
        confidence: Score(sure * (0.6 + 0.4 * read))))
  }

  private static let longestLabel = 60  // scalars
  private static let labelWords = 6
  private static let longestValue = 400  // scalars: longer is running text
  private static let valueLines = 5
  private static let most = 500  // pairs of a page
}
