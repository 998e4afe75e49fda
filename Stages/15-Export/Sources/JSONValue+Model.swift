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

  /// A value that its words were made into.
  static func traced(_ text: String, _ provenance: Provenance) -> JSONValue {
    .traced(text, .words(provenance.words, page: provenance.page, element: provenance.element?.index))
  }

  init(_ field: ExtractedField) {
    self = .members([
      "value": .traced(field.value, field.provenance), "text": .traced(field.text, field.provenance),
      "kind": .string(field.kind.rawValue),
      "confidence": JSONValue(field.confidence), "page": JSONValue(field.provenance.page),
      "box": JSONValue(field.provenance.box),
    ])
  }

  init(_ entity: ExtractedEntity) {
    self = .members([
      "kind": .string(entity.kind.rawValue), "text": .traced(entity.text, entity.provenance),
      "value": .traced(entity.value, entity.provenance),
      "currency": entity.currency.map { .string($0) }, "confidence": JSONValue(entity.confidence),
      "page": JSONValue(entity.provenance.page), "box": JSONValue(entity.provenance.box),
      "element": entity.provenance.element.map { .string($0.description) },
    ])
  }

  init(_ item: LineItem) {
    self = .members([
      "description": .traced(item.description, item.provenance),
      "quantity": item.quantity.map { .traced($0, item.provenance) },
      "unit_price": item.unitPrice.map { .traced($0, item.provenance) },
      "amount": item.amount.map { .traced($0, item.provenance) },
      "page": JSONValue(item.provenance.page), "box": JSONValue(item.provenance.box),
    ])
  }
}
