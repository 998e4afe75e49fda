import Contracts
import DocumentModel

/// The pages that fields are read from, their labels, and the values beside and below them.
struct FieldMaterial {
  let template: Template
  let pages: [PageText]
  /// By page, then by segment.
  let hits: [[[LabelHit]]]
  let reader: ValueReader
  /// By page, the rows that name columns of positions.
  private let heads: [[Range<Int>]]

  init(
    _ template: Template, _ finder: LabelFinder, pages: [PageText], dates: DateOrder, items: LineItemReader? = nil
  ) {
    self.template = template
    self.pages = pages
    hits = pages.enumerated().map { finder.hits(on: $1, at: $0) }
    reader = ValueReader(dates: dates)
    heads = pages.map { page in items?.heads(page) ?? [] }
  }

  /// Whether a row names columns of positions.
  func isHead(_ row: Int, on page: Int) -> Bool { heads[page].contains { $0.contains(row) } }

  /// Whether a row stands in a list of positions, or below one.
  func isBelowHead(_ row: Int, on page: Int) -> Bool { heads[page].first.map { row >= $0.lowerBound } ?? false }

  /// All labels of a field, in reading order.
  func hits(of field: Int) -> [LabelHit] { hits.joined().joined().filter { $0.field == field } }

  /// The values that stand at the labels of a field.
  func candidates(_ field: Int, kind: ValueKind? = nil) -> [Candidate] {
    let wanted = kind ?? template.fields[field].kind
    let places = template.fields[field].places ?? (wanted == .amount ? [.right] : [.right, .below])
    return hits(of: field).prefix(Self.mostHits).compactMap { hit in
      if isPrefix(hit, wanted), isValue(hit) { return nil }
      if places.contains(.right), let found = right(of: hit, wanted) { return found }
      if wanted == .amount, let found = columnTotal(hit) { return found }
      return places.contains(.below) ? below(hit, wanted) : nil
    }
  }

  private func right(of hit: LabelHit, _ kind: ValueKind) -> Candidate? {
    let page = pages[hit.page]
    let segment = page.segments[hit.segment]
    let stop = hits[hit.page][hit.segment].first { other in
      // "28 de diciembre", "MwSt. 19 %": short words and names of the same are no next label.
      other.range.lowerBound >= hit.range.upperBound && other.field != hit.field
        && !(other.weak && other.range.count <= Self.shortLabel)
    }?.range.lowerBound
    let limit = stop ?? segment.scalars.count
    let rest = min(end(of: hit), limit)..<limit
    // "less invoice 2 of 30 April" among the positions is no date of this one.
    if hit.weak, kind == .date, isBelowHead(segment.row, on: hit.page) { return nil }
    // "no", "nr" within a sentence is no number's label.
    if hit.weak, kind == .identifier, hit.range.count <= Self.shortLabel, hit.range.lowerBound > 2 { return nil }
    if let finding = reader.value(kind, in: segment.scalars, rest, whole: false) {
      let adjacent = finding.range.lowerBound - rest.lowerBound <= Self.adjacent
      // A weak label in running text says little, and so does a word within a sentence that has an amount later on.
      if hit.weak || kind == .amount && hit.range.lowerBound > 2, !adjacent, segment.tokens.count > Self.proseTokens {
        return nil
      }
      if kind == .date, !adjacent, isParted(segment, rest.lowerBound..<finding.range.lowerBound) { return nil }
      if kind == .amount, finding.confidence < Self.sureAmount {
        // A number without decimals may be a code; an amount further on in the row is one.
        if stop == nil, let further = inRow(of: hit, kind), further.confidence >= Self.sureAmount {
          return candidate(further.finding, hit, segment: further.segment, place: 0.97)
        }
        return adjacent ? candidate(finding, hit, segment: hit.segment, place: 1) : nil
      }
      // "Invoice No. 4711 of 3 May 2024": what follows a number in its line belongs to it.
      if hit.weak, adjacent, let number = followed(hit) {
        guard number == Self.ownNumber else { return nil }
        return candidate(finding, page: hit.page, segment: hit.segment, score: 0.9)
      }
      return candidate(finding, hit, segment: hit.segment, place: adjacent ? 1 : 0.9)
    }
    guard kind == .amount ? stop == nil : isOnlyLabels(hit) else { return nil }
    return inRow(of: hit, kind).map { candidate($0.finding, hit, segment: $0.segment, place: 0.97) }
  }

  private struct InRow {
    let finding: Finding
    let segment: Int
    var confidence: Double { finding.confidence }
  }

  /// The value to the right of a label's line, in its row.
  private func inRow(of hit: LabelHit, _ kind: ValueKind) -> InRow? {
    let page = pages[hit.page]
    var best: InRow?
    for index in page.right(of: hit.segment) {
      // The next label's value is not this one's.
      if let first = hits[hit.page][index].first, first.range.lowerBound <= 1, !isPrefix(first, kind) { break }
      let text = page.segments[index].scalars
      guard let finding = reader.value(kind, in: text, part(of: text, for: hit), whole: kind != .amount) else {
        if kind == .amount,
          !text.all.contains(where: { $0.isLetter }) || Currencies.code(page.segments[index].text) != nil
        {
          continue
        }
        break
      }
      let found = InRow(finding: finding, segment: index)
      guard kind == .amount else { return found }
      // In a row of amounts the last counts; what has words around it belongs to another matter.
      if Self.isProse(page.segments[index]), best != nil { break }
      if best == nil || found.confidence >= Self.sureAmount { best = found }
    }
    return best
  }

  /// The last amount of the column under a label, as in a row of sums below the positions.
  private func columnTotal(_ hit: LabelHit) -> Candidate? {
    let page = pages[hit.page]
    if hit.weak, !isAmongSums(hit) { return nil }
    // Heads of narrow columns run together, and so do the amounts below them.
    let head = page.provenance(page.segments[hit.segment], hit.range).box
    var last: Candidate?
    for index in page.below(hit.segment, lines: Self.columnRows, under: head) {
      let segment = page.segments[index]
      let printed = AmountScanner.amounts(in: segment.scalars)
      let amounts =
        printed.count < 2
        ? printed : printed.filter { page.provenance(segment, $0.range).box.horizontalOverlap(head) > 0 }
      guard let amount = amounts.last, amounts.count == 1, amount.decimals == 2,
        printed.count > 1 || amount.currency != nil
          || !segment.scalars.all.contains(where: { $0.isLetter })
      else { break }
      let finding = Finding(
        kind: .amount, range: amount.range, value: amount.decimal, currency: amount.currency, confidence: 0.95)
      last = candidate(finding, hit, segment: index, place: 0.7)
    }
    return last
  }

  private func below(_ hit: LabelHit, _ kind: ValueKind) -> Candidate? {
    let page = pages[hit.page]
    let segment = page.segments[hit.segment]
    // What stands behind the label in its own line was no value, so it is a sentence.
    guard isOnlyLabels(hit) else { return nil }
    let isOne = hits[hit.page][hit.segment].allSatisfy { $0.field == hit.field || $0.range.overlaps(hit.range) }
    let column = page.below(
      hit.segment, lines: 2, under: isOne ? nil : page.provenance(segment, hit.range).box)
    guard let index = column.first else { return nil }
    if let first = hits[hit.page][index].first, first.range.lowerBound == 0, !isPrefix(first, kind) { return nil }
    let text = page.segments[index].scalars
    let part = part(of: text, for: hit)
    guard let finding = reader.value(kind, in: text, part, whole: true) else { return nil }
    if kind == .identifier, finding.range.count * 2 < part.count { return nil }
    if hit.weak, kind == .identifier, finding.range.count < Self.shortNumber { return nil }
    // A column of dates or numbers under a word is a list's.
    if hit.weak, let next = column.dropFirst().first {
      let text = page.segments[next].scalars
      if let value = reader.value(kind, in: text, 0..<text.count, whole: true), value.range.count * 2 >= text.count {
        return nil
      }
    }
    return candidate(finding, hit, segment: index, place: 0.85)
  }

  /// The field of the last number whose label stands before this one in the same line.
  private func followed(_ hit: LabelHit) -> String? {
    hits[hit.page][hit.segment].last { other in
      guard let field = other.field, !other.weak, other.range.upperBound < hit.range.lowerBound else { return false }
      return template.fields[field].kind == .identifier && template.fields[field].reader == nil
    }?.field.map { template.fields[$0].name }
  }

  /// Whether a label stands right before a place: in its line, in its row, or above it.
  func isLabelled(_ number: Int, _ index: Int, before place: Int) -> Bool {
    let page = pages[number]
    let segment = page.segments[index]
    if hits[number][index].contains(where: { !$0.weak && $0.range.upperBound <= place }) { return true }
    guard place <= 2 else { return false }
    let row = page.rows[segment.row]
    // "Invoice no. 204" to the left has its value already.
    if index > row.lowerBound {
      let left = page.segments[index - 1].scalars.count
      return hits[number][index - 1].contains { !$0.weak && $0.range.upperBound + 2 >= left }
    }
    guard segment.row > 0 else { return false }
    return page.rows[segment.row - 1].contains { above in
      let label = page.segments[above]
      return label.box.horizontalOverlap(segment.box) > 0 && segment.box.top - label.box.bottom < label.height
        && hits[number][above].contains {
          !$0.weak && $0.range.count * 2 > label.scalars.count && $0.range.upperBound + 2 >= label.scalars.count
        }
    }
  }

  /// Whether a full stop stands between a label and a value.
  private func isParted(_ segment: PageText.Segment, _ between: Range<Int>) -> Bool {
    between.contains {
      segment.scalars[$0] == "." && segment.scalars.isSpace($0 + 1) && segment.scalars.isLetter($0 - 3)
    }
  }

  /// Where a label ends; "Nr. / N°" is one in two languages.
  private func end(of hit: LabelHit) -> Int {
    let text = pages[hit.page].segments[hit.segment].scalars
    var end = hit.range.upperBound
    for other in hits[hit.page][hit.segment] where other.field == hit.field && other.range.lowerBound >= end {
      if (end..<other.range.lowerBound).contains(where: { text.isWord($0) }) { break }
      end = other.range.upperBound
    }
    return end
  }

  /// Whether all words behind a label in its line are further labels: "Number / Date".
  private func isOnlyLabels(_ hit: LabelHit) -> Bool {
    let segment = pages[hit.page].segments[hit.segment]
    let labels = hits[hit.page][hit.segment].map(\.range)
    return segment.tokens.allSatisfy { token in
      token.range.lowerBound < hit.range.upperBound || labels.contains { $0.contains(token.range.lowerBound) }
    }
  }

  /// Whether what the hit begins is the value of a label of the same field left of it or above.
  private func isValue(_ hit: LabelHit) -> Bool {
    let page = pages[hit.page]
    let segment = page.segments[hit.segment]
    guard hit.range.lowerBound == 0 else { return false }
    let row = page.rows[segment.row]
    let left = hit.segment > row.lowerBound ? [hit.segment - 1] : []
    let above = (page.rows[safe: segment.row - 1] ?? 0..<0).filter {
      page.segments[$0].box.horizontalOverlap(segment.box) > 0
    }
    return (left + above).contains { hits[hit.page][$0].contains { $0.field == hit.field } }
  }

  /// "PO 7714-B": letters that are a label elsewhere begin a number.
  private func isPrefix(_ hit: LabelHit, _ kind: ValueKind) -> Bool {
    guard kind == .identifier, hit.range.count <= Self.shortLabel + 1 else { return false }
    let text = pages[hit.page].segments[hit.segment].scalars
    return hit.range.allSatisfy { text[$0].map { $0.isCapital } ?? false } && text.isSpace(hit.range.upperBound)
      && text.isDigit(hit.range.upperBound + 1)
  }

  /// Of "4711 / 3 May 2024" under "Number / Date" the part that is the label's.
  private func part(of text: Scalars, for hit: LabelHit) -> Range<Int> {
    let label = pages[hit.page].segments[hit.segment].scalars
    let slashes = (0..<label.count).filter { label[$0] == "/" }
    let cuts = (0..<text.count).filter { text[$0] == "/" && text.isSpace($0 - 1) && text.isSpace($0 + 1) }
    guard !slashes.isEmpty, slashes.count == cuts.count else { return 0..<text.count }
    let place = slashes.count { $0 < hit.range.lowerBound }
    return (place == 0 ? 0 : cuts[place - 1] + 1)..<(place == cuts.count ? text.count : cuts[place])
  }

  /// Whether another sum's label stands in the row: heads of sums, not of positions.
  private func isAmongSums(_ hit: LabelHit) -> Bool {
    let page = pages[hit.page]
    return page.rows[page.segments[hit.segment].row].contains { segment in
      hits[hit.page][segment].contains { other in
        guard let field = other.field, other.range != hit.range || other.segment != hit.segment else { return false }
        return field != hit.field && Self.sums.contains(template.fields[field].name)
      }
    }
  }

  /// A label that is all its line has, or stands before a colon, is meant as one, however weak the word.
  private func isWhole(_ hit: LabelHit) -> Bool {
    let text = pages[hit.page].segments[hit.segment].scalars
    guard hit.range.lowerBound <= 1 else { return false }
    let next = text.skipSpace(hit.range.upperBound)
    return next >= text.count - 1 || text[next] == ":"
  }

  private func lineEnd(_ hit: LabelHit) -> Int { pages[hit.page].segments[hit.segment].scalars.count }

  private func candidate(_ finding: Finding, _ hit: LabelHit, segment: Int, place: Double) -> Candidate {
    let isWhole =
      hit.weak && finding.kind != .amount && place > 0.9
      && (isWhole(hit) || hit.range.lowerBound <= 1 && finding.range.upperBound >= lineEnd(hit) - 1)
    let whole = candidate(
      finding, page: hit.page, segment: segment, score: (hit.weak ? isWhole ? 0.75 : 0.6 : 0.97) * place)
    return finding.kind == .identifier ? continued(whole, finding, page: hit.page, segment: segment) : whole
  }

  /// A number that goes on in the line below, behind a hyphen.
  private func continued(_ begun: Candidate, _ finding: Finding, page number: Int, segment: Int) -> Candidate {
    let page = pages[number]
    let text = page.segments[segment].scalars
    guard text[finding.range.upperBound] == "-", finding.range.upperBound + 1 == text.count,
      let next = page.below(segment, lines: 1).first
    else { return begun }
    let below = page.segments[next]
    guard below.tokens.count == 1, below.scalars.all.contains(where: Scalars.isDigit),
      below.scalars.count <= Self.longestRest
    else { return begun }
    let joined = begun.value + "-" + below.text
    return Candidate(
      text: joined, value: joined, kind: .identifier, currency: nil, score: begun.score * 0.95,
      provenance: page.provenance(of: [segment, next]), place: begun.place)
  }

  func candidate(_ finding: Finding, page: Int, segment: Int, score: Double) -> Candidate {
    let content = pages[page].segments[segment]
    return Candidate(
      text: content.scalars.text(finding.range), value: finding.value, kind: finding.kind, currency: finding.currency,
      // An engine's doubt of the letters is a doubt of the value, but never all of it.
      score: score * finding.confidence * (0.6 + 0.4 * content.confidence),
      provenance: pages[page].provenance(content, finding.range), place: .init(page: page, row: content.row))
  }

  private static func isProse(_ segment: PageText.Segment) -> Bool {
    segment.tokens.count { !$0.isNumber && $0.folded.count > 2 } > 1
  }

  private static let ownNumber = "invoice_number"
  private static let mostHits = 60  // labels of one field that are followed up
  private static let columnRows = 30
  private static let sureAmount = 0.9  // of an amount with decimals or a currency
  private static let adjacent = 4  // scalars: a colon and spaces
  private static let proseTokens = 10
  private static let shortLabel = 3  // scalars: "no", "nr", "n"
  private static let shortNumber = 4  // scalars: below a weak label fewer are the number of a position
  private static let longestRest = 16  // scalars of a number behind a hyphen
  private static let sums: Set<String> = ["total_net", "total_tax", "total_gross", "amount_due"]
}
