import Contracts
import DocumentModel

/// The pages that fields are read from, their labels, and the values beside and below them.
struct FieldMaterial {
  let template: Template
  let pages: [PageText]
  /// By page, then by segment.
  let hits: [[[LabelHit]]]
  let reader: ValueReader

  init(_ template: Template, pages: [PageText], dates: DateOrder) {
    let finder = LabelFinder(template)
    self.template = template
    self.pages = pages
    hits = pages.enumerated().map { finder.hits(on: $1, at: $0) }
    reader = ValueReader(dates: dates)
  }

  /// All labels of a field, in reading order.
  func hits(of field: Int) -> [LabelHit] { hits.joined().joined().filter { $0.field == field } }

  /// The values that stand at the labels of a field.
  func candidates(_ field: Int, kind: ValueKind? = nil) -> [Candidate] {
    let wanted = kind ?? template.fields[field].kind
    let places = template.fields[field].places ?? (wanted == .amount ? [.right] : [.right, .below])
    return hits(of: field).prefix(Self.mostHits).compactMap { hit in
      if places.contains(.right), let found = right(of: hit, wanted) { return found }
      if wanted == .amount, let found = columnTotal(hit) { return found }
      return places.contains(.below) ? below(hit, wanted) : nil
    }
  }

  private func right(of hit: LabelHit, _ kind: ValueKind) -> Candidate? {
    let page = pages[hit.page]
    let segment = page.segments[hit.segment]
    let stop = hits[hit.page][hit.segment].first { $0.range.lowerBound >= hit.range.upperBound }?.range.lowerBound
    let rest = hit.range.upperBound..<(stop ?? segment.scalars.count)
    if let finding = reader.value(kind, in: segment.scalars, rest, whole: false) {
      let adjacent = finding.range.lowerBound - rest.lowerBound <= Self.adjacent
      // A weak label in running text says little, and so does a word within a sentence that has an amount later on.
      if hit.weak || kind == .amount && hit.range.lowerBound > 2, !adjacent, segment.tokens.count > Self.proseTokens {
        return nil
      }
      if kind == .amount, finding.confidence < Self.sureAmount {
        // A number without decimals may be a code; an amount further on in the row is one.
        if stop == nil, let further = inRow(of: hit, kind), further.confidence >= Self.sureAmount {
          return candidate(further.finding, hit, segment: further.segment, place: 0.97)
        }
        return adjacent ? candidate(finding, hit, segment: hit.segment, place: 1) : nil
      }
      // "Invoice No. 4711 of 3 May 2024": what follows a number in its line belongs to it.
      if hit.weak, adjacent, follows(hit) {
        return candidate(finding, page: hit.page, segment: hit.segment, score: 0.9)
      }
      return candidate(finding, hit, segment: hit.segment, place: adjacent ? 1 : 0.9)
    }
    guard stop == nil, kind == .amount || !rest.contains(where: { segment.scalars.isWord($0) }) else { return nil }
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
      if let first = hits[hit.page][index].first, first.range.lowerBound <= 1 { break }
      let text = page.segments[index].scalars
      guard let finding = reader.value(kind, in: text, 0..<text.count, whole: kind != .amount) else {
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
    let rest = Scalars(segment.scalars.text(hit.range.upperBound..<segment.scalars.count))
    // What stands behind the label in its own line was no value, so it is a sentence.
    guard !rest.all.contains(where: { $0.isLetter || Scalars.isDigit($0) }) else { return nil }
    guard let index = page.below(hit.segment, lines: 1).first, hits[hit.page][index].first?.range.lowerBound != 0 else {
      return nil
    }
    let text = page.segments[index].scalars
    guard let finding = reader.value(kind, in: text, 0..<text.count, whole: true) else { return nil }
    if kind == .identifier, finding.range.count * 2 < text.count { return nil }
    return candidate(finding, hit, segment: index, place: 0.85)
  }

  /// Whether a label of a number stands before this one in the same line.
  private func follows(_ hit: LabelHit) -> Bool {
    hits[hit.page][hit.segment].contains { other in
      guard let field = other.field, !other.weak, other.range.upperBound < hit.range.lowerBound else { return false }
      return template.fields[field].kind == .identifier && template.fields[field].reader == nil
    }
  }

  private func candidate(_ finding: Finding, _ hit: LabelHit, segment: Int, place: Double) -> Candidate {
    candidate(finding, page: hit.page, segment: segment, score: (hit.weak ? 0.6 : 0.97) * place)
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

  private static let mostHits = 60  // labels of one field that are followed up
  private static let columnRows = 30
  private static let sureAmount = 0.9  // of an amount with decimals or a currency
  private static let adjacent = 4  // scalars: a colon and spaces
  private static let proseTokens = 10
}
