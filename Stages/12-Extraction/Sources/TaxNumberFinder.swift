import Contracts
import DocumentModel

/// Finds tax numbers and tells whose they are.
struct TaxNumberFinder {
  private let material: FieldMaterial
  private let parties: (seller: Candidate?, buyer: Candidate?)
  private let sellerField: Int?
  private let buyerField: Int?

  /// - Parameter parties: the names already found: a number stands in the block of the one it belongs to.
  init(_ material: FieldMaterial, _ parties: (seller: Candidate?, buyer: Candidate?)) {
    self.material = material
    self.parties = parties
    sellerField = material.template.fields.firstIndex { $0.reader == .sellerTaxNumber }
    buyerField = material.template.fields.firstIndex { $0.reader == .buyerTaxNumber }
  }

  func numbers() -> (seller: Candidate?, buyer: Candidate?) {
    guard let sellerField else { return (nil, nil) }
    var sellers: [Candidate] = []
    var buyers: [Candidate] = []
    for (pageNumber, page) in material.pages.enumerated() {
      for index in page.segments.indices {
        let found = numbers(on: pageNumber, index)
        for (place, finding) in found.enumerated() {
          let candidate = material.candidate(finding, page: pageNumber, segment: index, score: 1)
          // Of two numbers in a line each has its own label before it.
          let from = place > 0 ? found[place - 1].range.upperBound : 0
          let labels = labels(pageNumber, index, before: finding.range.lowerBound, from: from)
          let isLabelled = labels.contains { $0.field == sellerField || $0.field == buyerField }
          if buyerField != nil, labels.last?.field == buyerField || isBuyers(pageNumber, index) {
            buyers.append(candidate)
          } else if finding.confidence > 0.6 || isLabelled {
            sellers.append(isLabelled ? candidate : candidate.scored(candidate.score * 0.95))
          }
        }
      }
    }
    // National numbers have no common form: they count where a label says what they are.
    if sellers.isEmpty || buyers.isEmpty {
      let national = nationals(sellerField)
      if sellers.isEmpty { sellers = national.filter { !isBuyers($0) } }
      if buyers.isEmpty, buyerField != nil { buyers = national.filter(isBuyers) + (buyerField.map(nationals) ?? []) }
    }
    let seller = FieldChoice.best(sellers, .first)
    return (seller, FieldChoice.best(buyers.filter { $0.value != seller?.value }, .first))
  }

  private func nationals(_ field: Int) -> [Candidate] {
    material.hits(of: field).prefix(Self.mostHits).compactMap { hit in
      let page = material.pages[hit.page]
      let text = page.segments[hit.segment].scalars
      if let finding = TaxNumber.national(text, from: hit.range.upperBound) {
        return material.candidate(finding, page: hit.page, segment: hit.segment, score: 0.9)
      }
      guard !(hit.range.upperBound..<text.count).contains(where: { text.isWord($0) }) else { return nil }
      for index in page.right(of: hit.segment).prefix(1) + page.below(hit.segment, lines: 1) {
        if let finding = TaxNumber.national(page.segments[index].scalars, from: 0) {
          return material.candidate(finding, page: hit.page, segment: index, score: 0.85)
        }
      }
      return nil
    }
  }

  private func numbers(on number: Int, _ index: Int) -> [Finding] {
    let text = material.pages[number].segments[index].scalars
    var found: [Finding] = []
    var at = 0
    while at < text.count {
      if let finding = TaxNumber.number(text, at: at) {
        found.append(finding)
        at = finding.range.upperBound
      } else {
        at += 1
      }
    }
    return found
  }

  /// The labels before a number in its segment; without any those before it in the row, or right above it.
  private func labels(_ page: Int, _ index: Int, before place: Int, from: Int) -> [LabelHit] {
    let here = material.hits[page][index].filter { $0.range.upperBound <= place && $0.range.lowerBound >= from }
    guard here.isEmpty, from == 0 else { return here }
    let text = material.pages[page]
    let segment = text.segments[index]
    let row = text.rows[segment.row]
    // What is itself a value is no label of the next.
    if index > row.lowerBound, !text.segments[index - 1].scalars.all.contains(where: Scalars.isDigit) {
      return material.hits[page][index - 1]
    }
    guard segment.row > 0 else { return [] }
    let above = text.rows[segment.row - 1].filter { text.segments[$0].box.horizontalOverlap(segment.box) > 0 }
    return above.flatMap { material.hits[page][$0] }
  }

  /// Whether the nearest heading or name of a party above, in the same column, is the buyer's.
  private func isBuyers(_ page: Int, _ index: Int) -> Bool {
    guard buyerField != nil else { return false }
    let fields = material.template.fields
    let text = material.pages[page]
    let segment = text.segments[index]
    func isAbove(_ box: BoundingBox) -> Bool {
      box.bottom <= segment.box.top + segment.height / 2 && abs(box.left - segment.box.left) < text.size.width * 0.12
    }
    var nearest: (bottom: Double, isBuyer: Bool)?
    func consider(_ box: BoundingBox, _ isBuyer: Bool) {
      if isAbove(box), box.bottom > nearest?.bottom ?? -1 { nearest = (box.bottom, isBuyer) }
    }
    for hit in material.hits[page].joined() where hit.segment < index && hit.range.lowerBound <= 2 {
      guard let field = hit.field, fields[field].reader == .seller || fields[field].reader == .buyer else { continue }
      if hit.weak, hit.range.count * 2 < text.segments[hit.segment].scalars.count { continue }
      let heading = text.segments[hit.segment].box
      if segment.box.top - heading.bottom < Self.blockHeight * segment.height {
        consider(heading, fields[field].reader == .buyer)
      }
    }
    for (party, isBuyer) in [(parties.seller, false), (parties.buyer, true)] {
      guard let party, party.place.page == page else { continue }
      // An address has so many lines, and no more.
      if !isBuyer || segment.box.top - party.provenance.box.bottom < Self.blockHeight * segment.height {
        consider(party.provenance.box, isBuyer)
      }
    }
    return nearest?.isBuyer ?? false
  }

  private func isBuyers(_ candidate: Candidate) -> Bool {
    let page = material.pages[candidate.place.page]
    let row = page.rows[candidate.place.row]
    return row.contains {
      page.segments[$0].words.contains { candidate.provenance.words.contains($0) } && isBuyers(candidate.place.page, $0)
    }
  }

  private static let mostHits = 20
  private static let blockHeight = 12.0  // heights of a line: an address with the numbers below it
}
