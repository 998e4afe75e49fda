import CanonicalJSON
import Contracts
import DocumentModel
import StageKit

/// A page as JSON: its size, and what was set aside there.
struct PageJSON {
  let value: JSONValue

  init(_ number: Int, _ reader: ElementReader) throws {
    switch try reader.page(number) {
    case .gap(let code): value = ["number": JSONValue(number), "gap": .string(code.rawValue)]
    case .value(let page):
      let aside = page.elements.filter(\.kind.isFurniture)
      value = [
        "number": JSONValue(number), "width": .number(page.size.width), "height": .number(page.size.height),
        "furniture": .list(aside) {
          ["kind": .string($0.kind.rawValue), "text": .string($0.text), "box": JSONValue($0.box)]
        },
      ]
    }
  }
}
