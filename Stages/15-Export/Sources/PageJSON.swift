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
      let aside = page.elements.indices.filter { page.elements[$0].kind.isFurniture }
      value = [
        "number": JSONValue(number), "width": .number(page.size.width), "height": .number(page.size.height),
        "furniture": .list(aside) { index in
          let element = page.elements[index]
          let id = ElementID(page: number, index: index)
          return [
            "kind": .string(element.kind.rawValue),
            "text": .traced(element.runs.map { TracedText($0, of: id) }.joined()), "box": JSONValue(element.box),
          ]
        },
      ]
    }
  }
}
