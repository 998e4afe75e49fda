import CanonicalJSON
import Contracts
import DocumentModel
import StageKit

extension JSONValue {
  /// An object of the members that are there.
  static func members(_ members: [String: JSONValue?]) -> JSONValue { .object(members.compactMapValues { $0 }) }

  static func list<Item>(_ items: some Sequence<Item>, _ value: (Item) throws -> JSONValue) rethrows -> JSONValue {
    .array(try items.map(value))
  }

  init(_ text: String) { self = .string(text) }

  init(_ number: Int) { self = .integer(Int64(number)) }

  init(_ score: Score) { self = .number(score.value) }

  init(_ box: BoundingBox) {
    self = [
      "left": .number(box.left), "top": .number(box.top), "right": .number(box.right), "bottom": .number(box.bottom),
    ]
  }

  init(_ gap: MissingPage) { self = ["page": JSONValue(gap.page), "code": .string(gap.code.rawValue)] }

  init(_ provenance: Provenance) {
    self = .members([
      "page": JSONValue(provenance.page), "box": JSONValue(provenance.box),
      "element": provenance.element.map { .string($0.description) },
    ])
  }

  init(_ field: ExtractedField) {
    self = .members([
      "value": .string(field.value), "text": .string(field.text), "kind": .string(field.kind.rawValue),
      "confidence": JSONValue(field.confidence), "page": JSONValue(field.provenance.page),
      "box": JSONValue(field.provenance.box),
    ])
  }

  init(_ entity: ExtractedEntity) {
    self = .members([
      "kind": .string(entity.kind.rawValue), "text": .string(entity.text), "value": .string(entity.value),
      "currency": entity.currency.map { .string($0) }, "confidence": JSONValue(entity.confidence),
      "page": JSONValue(entity.provenance.page), "box": JSONValue(entity.provenance.box),
      "element": entity.provenance.element.map { .string($0.description) },
    ])
  }

  init(_ item: LineItem) {
    self = .members([
      "description": .string(item.description), "quantity": item.quantity.map { .string($0) },
      "unit_price": item.unitPrice.map { .string($0) }, "amount": item.amount.map { .string($0) },
      "page": JSONValue(item.provenance.page), "box": JSONValue(item.provenance.box),
    ])
  }
}
