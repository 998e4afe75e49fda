import Contracts
import DocumentModel
import StageKit

/// Compares what extraction found: fields by name, pairs by label, the rest by place.
struct ValueComparison {
  let old: JobSnapshot
  let new: JobSnapshot

  init(_ old: JobSnapshot, _ new: JobSnapshot) {
    self.old = old
    self.new = new
  }

  func run() throws -> [Change] {
    let unit = UnitID(.extraction)
    let a = try old.payload(of: unit, as: ExtractionOutput.self)
    let b = try new.payload(of: unit, as: ExtractionOutput.self)
    let found =
      Self.named(.field, a.fields.mapValues(Self.state), b.fields.mapValues(Self.state))
      + Self.named(.pair, Self.pairs(a), Self.pairs(b))
      + ItemMatching(Self.entities(a), Self.entities(b)).changes(.entity)
      + ItemMatching(Self.items(a), Self.items(b)).changes(.lineItem)
    return found.isEmpty ? try UnitComparison(old, new, unit).values(except: []) : found
  }

  /// The type and what spoke for it; which words it was found in is the words' affair.
  func classification() throws -> [Change] {
    let unit = UnitID(.classification)
    let a = try old.payload(of: unit, as: ClassificationOutput.self)
    let b = try new.payload(of: unit, as: ClassificationOutput.self)
    func states(_ output: ClassificationOutput) -> [String: Change.State] {
      var states = [
        "type": Change.State(
          text: output.type.rawValue, kind: output.decidedBy.rawValue, confidence: output.confidence),
        "candidates": Change.State(text: output.candidates.map(\.type.rawValue).joined(separator: ", ")),
      ]
      states["subtype"] = output.subtype.map { Change.State(text: $0) }
      for evidence in output.evidence { states["evidence \(evidence.rule)"] = Change.State(text: "\(evidence.weight)") }
      return states
    }
    return Self.named(.value, states(a), states(b))
  }

  private static func state(_ field: ExtractedField) -> Change.State {
    Change.State(
      text: field.value, kind: field.kind.rawValue, box: field.provenance.box, confidence: field.confidence)
  }

  private static func pairs(_ output: ExtractionOutput) -> [String: Change.State] {
    var seen: [String: Int] = [:]
    var states: [String: Change.State] = [:]
    for pair in output.pairs {
      seen[pair.label, default: 0] += 1
      let number = seen[pair.label] ?? 1
      states[number == 1 ? pair.label : "\(pair.label) (\(number))"] = Change.State(
        text: pair.value, box: pair.valueProvenance.box, confidence: pair.confidence)
    }
    return states
  }

  private static func entities(_ output: ExtractionOutput) -> [Change.State] {
    output.entities.enumerated().map {
      Change.State(
        index: $0, text: $1.value, kind: $1.kind.rawValue, box: $1.provenance.box, confidence: $1.confidence)
    }
  }

  private static func items(_ output: ExtractionOutput) -> [Change.State] {
    output.lineItems.enumerated().map { index, item in
      let texts = [item.description, item.quantity, item.unitPrice, item.amount].map { $0 ?? "–" }
      return Change.State(index: index, text: texts.joined(separator: " | "), box: item.provenance.box)
    }
  }

  private static func named(
    _ subject: Change.Subject, _ a: [String: Change.State], _ b: [String: Change.State]
  ) -> [Change] {
    Set(a.keys).union(b.keys).sorted().compactMap { name in
      let (x, y) = (a[name], b[name])
      guard x != y else { return nil }
      let kind: Change.Kind =
        x == nil
        ? .added
        : y == nil
          ? .removed
          : x?.text != y?.text
            ? .changed
            : x?.kind != y?.kind ? .retyped : x?.box != y?.box ? .moved : .rescored
      return Change(kind, subject, place: name, old: x, new: y)
    }
  }
}
