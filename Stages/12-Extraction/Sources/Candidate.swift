import Contracts
import DocumentModel

/// A value that may be a field's.
struct Candidate {
  let text: String
  let value: String
  let kind: ValueKind
  let currency: String?
  let score: Double
  let provenance: Provenance
  /// Page and row, for what stands first or last.
  let place: Place

  struct Place: Hashable, Comparable {
    let page: Int
    let row: Int
    static func < (a: Place, b: Place) -> Bool { (a.page, a.row) < (b.page, b.row) }
  }

  var cents: Int? { kind == .amount ? AmountScanner.Amount.cents(value) : nil }

  func scored(_ score: Double) -> Candidate {
    Candidate(
      text: text, value: value, kind: kind, currency: currency, score: score, provenance: provenance, place: place)
  }

  var field: ExtractedField {
    ExtractedField(text: text, value: value, kind: kind, confidence: Score(score), provenance: provenance)
  }
}
