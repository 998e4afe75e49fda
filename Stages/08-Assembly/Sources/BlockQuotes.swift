import Contracts
import DocumentModel

/// Finds block quotes: paragraphs that keep away from both edges of the text around them, or that a bar stands beside.
///
/// One edge is no sign: items, replies in a dialogue and text beside a picture keep away from one. Nor is the place alone:
/// abstracts, epigraphs and dedications keep away from both and stand below a heading, while a quote goes on from a text.
struct BlockQuotes {
  private let page: PageMaterial
  private let frame: UprightFrame
  private let bars: [BoundingBox]

  init(_ page: PageMaterial) {
    self.page = page
    let frame = UprightFrame(page: page.size, turn: page.turn)
    self.frame = frame
    bars = page.rules.map { frame.upright($0.box) }.filter { $0.height > Self.barShape * $0.width }
  }

  /// A paragraph as it stands between the edges of its column; distances are from the reading side.
  private struct Passage {
    let draft: Int
    let typography: Typography
    /// One for each printed row: where it begins and ends.
    let rows: [(start: Double, end: Double)]
    /// How wide the first word of each row is.
    let firsts: [Double]
    let box: BoundingBox
    let letters: Int
    var isQuote = false

    var start: Double { rows.map(\.start).min() ?? 0 }
    var end: Double { rows.map(\.end).max() ?? 0 }
    var size: Double { max(typography.size, 1) }
    /// Whether rows end at one edge, but for the last and those of paragraphs within that no white parts.
    var isJustified: Bool {
      let ends = rows.dropLast().map(\.end)
      let full = ends.count { $0 >= end - BlockQuotes.flush }
      return ends.count > 1 && Double(full) >= BlockQuotes.fullShare * Double(ends.count)
    }
  }

  /// The text that is as wide as its column.
  private struct Measure {
    let start: Double
    let end: Double
    let size: Double
    let italic: Bool
  }

  func mark(_ drafts: inout [ElementDraft]) {
    guard drafts.count <= Self.most else { return }
    let columns = Set(drafts.lazy.map(\.column))
    for column in columns where column != nil || page.columns.count < 2 {
      let flow = drafts.indices.filter { drafts[$0].column == column && Self.isText(drafts[$0].kind) }
      var passages = flow.compactMap { passage($0, drafts[$0]) }
      guard let measure = Self.measure(passages) else { continue }
      for index in passages.indices {
        passages[index].isQuote = isQuote(passages[index], measure, flow, drafts)
      }
      let known = passages.filter(\.isQuote)
      for index in passages.indices where !passages[index].isQuote {
        passages[index].isQuote = known.contains { isLike(passages[index], $0, measure, flow, drafts) }
      }
      // Where most of a column stands further in, the rest is no measure of it.
      let letters = passages.reduce(0) { $0 + $1.letters }
      guard Double(passages.reduce(0) { $0 + ($1.isQuote ? $1.letters : 0) }) <= Self.mostQuoted * Double(letters)
      else {
        continue
      }
      // What goes on from a quote of which nobody knows is none by itself.
      for quote in passages where quote.isQuote { drafts[quote.draft].isQuote = true }
      for quote in passages where quote.isQuote && !follows(quote, measure, flow, drafts) {
        drafts[quote.draft].isQuote = nil
      }
    }
  }

  private static func isText(_ kind: RegionKind) -> Bool {
    switch kind {
    case .paragraph, .listItem, .heading, .title, .code, .formula, .keyValue: true
    case .caption, .table, .figure, .pageHeader, .pageFooter, .pageNumber, .footnote: false
    }
  }

  private func passage(_ index: Int, _ draft: ElementDraft) -> Passage? {
    guard draft.kind == .paragraph, draft.typography.direction != .topToBottom, case .region(let region) = draft.origin,
      page.regions[region].kind == .paragraph, draft.textLines.allSatisfy({ $0.turn == page.turn })
    else { return nil }
    let isMirrored = draft.typography.direction == .rightToLeft
    var rows: [(start: Double, end: Double)] = []
    var firsts: [Double] = []
    var baseline: Double?
    for line in draft.textLines {
      let box = frame.upright(line.textBox(page.words))
      let row = isMirrored ? (-box.right, -box.left) : (box.left, box.right)
      if let last = rows.last, let baseline, abs(line.baseline - baseline) <= Self.sameLine * max(line.size, 1) {
        rows[rows.count - 1] = (min(last.start, row.0), max(last.end, row.1))
      } else {
        rows.append(row)
        firsts.append(line.words.first.map { frame.upright(page.words[$0].box).width } ?? 0)
      }
      baseline = line.baseline
    }
    guard !rows.isEmpty else { return nil }
    let letters = draft.runs.reduce(0) { $0 + $1.text.unicodeScalars.count }
    return Passage(
      draft: index, typography: draft.typography, rows: rows, firsts: firsts, box: frame.upright(draft.box),
      letters: letters)
  }

  /// The outermost edge that a fair share of the column's text begins at, and how far the text there reaches.
  private static func measure(_ passages: [Passage]) -> Measure? {
    let wrapped = passages.filter { $0.rows.count > 1 }
    let all = wrapped.reduce(0) { $0 + $1.letters }
    func beside(_ one: Passage) -> [Passage] { wrapped.filter { abs($0.start - one.start) <= Self.flush } }
    let edges = wrapped.filter { one in
      Double(beside(one).reduce(0) { $0 + $1.letters }) >= share * Double(all)
    }
    guard let outer = edges.min(by: { $0.start < $1.start }) else { return nil }
    let body = beside(outer)
    // The farthest row may stick out.
    let ends = body.flatMap { $0.rows.map(\.end) }.sorted(by: >)
    guard ends.count >= leastRows, let long = body.max(by: { $0.letters < $1.letters }) else { return nil }
    return Measure(start: outer.start, end: ends[1], size: long.size, italic: long.typography.italic)
  }

  private func isQuote(_ one: Passage, _ measure: Measure, _ flow: [Int], _ drafts: [ElementDraft]) -> Bool {
    let before = one.start - measure.start
    guard before >= max(Self.least, Self.leastShare * one.size), before <= Self.deepest * (measure.end - measure.start)
    else { return false }
    if hasBar(one, measure, flow, drafts) { return true }
    guard isPlain(one, drafts), isAlone(one, measure, drafts), isWithin(one, before, measure, Self.after) else {
      return false
    }
    if one.isJustified { return true }
    // Ragged rows end early anyway: those of a quote end where the next word had room in the column.
    let steps = zip(one.rows, one.firsts.dropFirst())
    let early = steps.count { $0.end + Self.space * one.size + $1 < measure.end }
    guard Self.earlyShare * early >= one.rows.count - 1, early > 0 else { return false }
    return one.rows.count > 2 || isOtherType(one, measure)
  }

  /// Whether the white behind a text is like that before it.
  private func isWithin(_ one: Passage, _ before: Double, _ measure: Measure, _ part: Double) -> Bool {
    let behind = measure.end - one.end
    return behind >= max(Self.least, part * before) && behind <= 2 * before + Self.ragged * one.size
  }

  private func isOtherType(_ one: Passage, _ measure: Measure) -> Bool {
    one.typography.italic != measure.italic || abs(one.size - measure.size) > Self.otherSize * measure.size
  }

  /// Whether a short text stands where a quote of the column does, in its type.
  private func isLike(
    _ one: Passage, _ quote: Passage, _ measure: Measure, _ flow: [Int], _ drafts: [ElementDraft]
  ) -> Bool {
    abs(one.start - quote.start) <= Self.flush && one.typography.italic == quote.typography.italic
      && abs(one.size - quote.size) <= Self.otherSize * quote.size && one.end <= quote.end + Self.flush
      && isPlain(one, drafts) && isAlone(one, measure, drafts)
      && !flow.contains { item in
        drafts[item].kind == .listItem
          && [drafts[item].box.left, drafts[item].textLeft].contains {
            $0.map { abs($0 - one.box.left) <= Self.flush } ?? false
          }
      }
  }

  private func isPlain(_ one: Passage, _ drafts: [ElementDraft]) -> Bool {
    let draft = drafts[one.draft]
    guard draft.lineBreaks.isEmpty, !one.typography.bold, !one.typography.capitals,
      one.typography.alignment != .center
    else { return false }
    let scalars = draft.runs.lazy.flatMap(\.text.unicodeScalars)
    let letters = scalars.count { $0.isLetter }
    return Double(letters) >= Self.letters * Double(one.letters)
      && draft.runs.reduce(0) { $0 + $1.words.count } >= Self.leastWords
  }

  /// Whether nothing stands beside a text in its column: what keeps clear of a picture or of other text is no quote.
  private func isAlone(_ one: Passage, _ measure: Measure, _ drafts: [ElementDraft]) -> Bool {
    let isMirrored = one.typography.direction == .rightToLeft
    let band = BoundingBox(
      left: isMirrored ? -measure.end : measure.start, top: one.box.top,
      right: isMirrored ? -measure.start : measure.end, bottom: one.box.bottom)
    return !drafts.indices.contains { index in
      guard index != one.draft else { return false }
      let box = frame.upright(drafts[index].box)
      let near = drafts[index].kind == .figure || drafts[index].kind == .table || drafts[index].kind == .caption
      let room = near ? Self.near * one.size : -Self.touching
      return box.horizontalOverlap(band) > 0 && box.top < band.bottom + room && box.bottom > band.top - room
    }
  }

  /// A bar beside a text that stands further in than its column does: as tall as the text, and nothing else along it.
  private func hasBar(_ one: Passage, _ measure: Measure, _ flow: [Int], _ drafts: [ElementDraft]) -> Bool {
    let isMirrored = one.typography.direction == .rightToLeft
    return bars.contains { bar in
      let (near, far) = isMirrored ? (-bar.right, -bar.left) : (bar.left, bar.right)
      guard near >= measure.start - Self.flush, far < one.start, one.start - far <= Self.barGap * one.size,
        bar.top <= one.box.top + one.size, bar.bottom >= one.box.bottom - one.size,
        isAmid(bar, one, near, flow, drafts)
      else { return false }
      let along = drafts.indices.filter { index in
        let box = frame.upright(drafts[index].box)
        return box.midY > bar.top && box.midY < bar.bottom
          && box.horizontalOverlap(BoundingBox(left: bar.left, top: 0, right: one.box.right, bottom: 1)) > 0
      }
      guard along.allSatisfy({ drafts[$0].kind == .paragraph && flow.contains($0) }),
        let all = along.map({ frame.upright(drafts[$0].box) }).union(),
        bar.height <= all.height + Self.overhang * one.size
      else { return false }
      // With a line at its other side it is a box.
      return !bars.contains { other in
        other.verticalOverlap(bar) > bar.height / 2
          && (isMirrored ? other.right < one.box.left : other.left > one.box.right - Self.flush)
      }
    }
  }

  /// Whether text right above or below a bar begins left of it, as none does at a line between columns.
  private func isAmid(_ bar: BoundingBox, _ one: Passage, _ near: Double, _ flow: [Int], _ drafts: [ElementDraft])
    -> Bool
  {
    flow.contains { index in
      let box = frame.upright(drafts[index].box)
      let start = one.typography.direction == .rightToLeft ? -box.right : box.left
      let gap = max(bar.top - box.bottom, box.top - bar.bottom)
      return start <= near + Self.flush && gap >= -Self.touching && gap <= Self.closest * one.size
    }
  }

  /// Whether a text stands below running text, or begins its column and is followed by it.
  private func follows(_ one: Passage, _ measure: Measure, _ flow: [Int], _ drafts: [ElementDraft]) -> Bool {
    guard let place = flow.firstIndex(of: one.draft) else { return false }
    func isRunning(_ draft: ElementDraft) -> Bool {
      if draft.isQuote == true || draft.kind == .listItem { return true }
      return draft.kind == .paragraph && !draft.typography.bold && draft.typography.alignment != .center
        && (one.typography.direction == .rightToLeft
          ? -frame.upright(draft.box).right : frame.upright(draft.box).left) < one.start - Self.flush
    }
    // Displayed formulas are part of the text that they stand in.
    if let above = flow[..<place].last(where: { drafts[$0].kind != .formula }) {
      return isRunning(drafts[above]) || hasBar(one, measure, flow, drafts)
    }
    let isHeaded = drafts.contains { draft in
      let box = frame.upright(draft.box)
      return (draft.kind == .heading || draft.kind == .title || draft.typography.alignment == .center)
        && !draft.kind.isFurniture && box.bottom <= one.box.top + Self.touching && box.horizontalOverlap(one.box) > 0
    }
    return !isHeaded && place + 1 < flow.count && isRunning(drafts[flow[place + 1]])
  }

  private static let most = 2000  // elements: each is held against all; a page of print has a hundred
  private static let flush = 2.0  // points: side bearings and protruding punctuation
  private static let share = 0.2  // of the column's letters: what a few texts further out have is no measure
  private static let mostQuoted = 0.6  // of the column's letters
  private static let leastRows = 3  // at the column's edges: fewer do not show where they are
  private static let least = 6.0  // points: less than any quote is indented
  private static let leastShare = 0.6  // of the size: the same for large type
  private static let deepest = 0.3  // of the measure: what stands further in is set apart for other ends
  private static let after = 0.5  // of the white before it
  private static let ragged = 6.0  // of the size: a long word that found no room
  private static let earlyShare = 4  // one row in so many: a long word may have found no room in either measure
  private static let fullShare = 0.7  // of the rows that a paragraph does not end with
  private static let space = 0.25  // of the size: an ordinary space
  private static let sameLine = 0.3  // of the size: parts of one line may differ by a little
  private static let otherSize = 0.04  // of the size: sizes that are set apart differ by half a point
  private static let letters = 0.6  // of the signs: formulas and figures have fewer
  private static let leastWords = 3  // of a quote
  private static let touching = 3.0  // points: boxes of neighbours may overlap by a descender
  private static let near = 1.5  // of the size: what stands as close to a picture belongs to it
  private static let barShape = 6.0  // how much taller than wide a bar is
  private static let barGap = 3.0  // of the size: a rule farther away parts something else
  private static let closest = 4.0  // of the size: white and a heading between a quote and the text around it
  private static let overhang = 3.0  // of the size: padding above and below the text
}
