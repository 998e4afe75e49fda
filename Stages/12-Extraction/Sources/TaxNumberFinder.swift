import Contracts
import DocumentModel

/// Finds tax numbers and tells whose they are.
struct TaxNumberFinder {
  private let material: FieldMaterial

  init(_ material: FieldMaterial) { self.material = material }

  func numbers() -> (seller: Candidate?, buyer: Candidate?) {
    let fields = material.template.fields
    let sellerField = fields.firstIndex { $0.reader == .sellerTaxNumber }
    let buyerField = fields.firstIndex { $0.reader == .buyerTaxNumber }
    var sellers: [Candidate] = []
    var buyers: [Candidate] = []
    for (pageNumber, page) in material.pages.enumerated() {
      for (index, segment) in page.segments.enumerated() {
        guard let found = number(in: segment, page: pageNumber, index) else { continue }
        let hits = material.hits[pageNumber][index] + labelled(pageNumber, index)
        if let buyerField, hits.contains(where: { $0.field == buyerField }) || isBuyers(pageNumber, index) {
          buyers.append(found)
        } else if found.score > 0.7 || hits.contains(where: { $0.field == sellerField }) {
          sellers.append(found)
        }
      }
    }
    // National numbers have no common form: they count where a label says what they are.
    if let sellerField, sellers.isEmpty {
      sellers = material.candidates(sellerField, kind: .identifier).filter { $0.value.count >= 8 && !isBuyers($0) }
        .map { $0.scored($0.score * 0.85) }
    }
    let seller = FieldChoice.best(sellers, .first)
    return (seller, FieldChoice.best(buyers.filter { $0.value != seller?.value }, .first))
  }

  private func number(in segment: PageText.Segment, page: Int, _ index: Int) -> Candidate? {
    for at in 0..<segment.scalars.count {
      if let finding = TaxNumber.number(segment.scalars, at: at) {
        return material.candidate(finding, page: page, segment: index, score: 1)
      }
    }
    return nil
  }

  /// The labels of the segment before it in the row, or right above it.
  private func labelled(_ page: Int, _ index: Int) -> [LabelHit] {
    let text = material.pages[page]
    let segment = text.segments[index]
    let row = text.rows[segment.row]
    if index > row.lowerBound { return material.hits[page][index - 1] }
    guard segment.row > 0 else { return [] }
    let above = text.rows[segment.row - 1].filter { text.segments[$0].box.horizontalOverlap(segment.box) > 0 }
    return above.flatMap { material.hits[page][$0] }
  }

  /// Whether the nearest heading of a party above, in the same column, is the buyer's.
  private func isBuyers(_ page: Int, _ index: Int) -> Bool {
    let fields = material.template.fields
    let text = material.pages[page]
    let segment = text.segments[index]
    for hit in material.hits[page].joined().reversed() where hit.segment < index {
      guard let field = hit.field, fields[field].reader == .seller || fields[field].reader == .buyer else { continue }
      let heading = text.segments[hit.segment]
      guard heading.row < segment.row, hit.range.lowerBound <= 2,
        abs(heading.box.left - segment.box.left) < text.size.width * 0.12
      else { continue }
      return fields[field].reader == .buyer
    }
    return false
  }

  private func isBuyers(_ candidate: Candidate) -> Bool {
    let page = material.pages[candidate.place.page]
    let row = page.rows[candidate.place.row]
    return row.contains {
      page.segments[$0].words.contains { candidate.provenance.words.contains($0) } && isBuyers(candidate.place.page, $0)
    }
  }
}
