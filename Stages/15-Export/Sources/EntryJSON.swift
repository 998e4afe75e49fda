import CanonicalJSON
import Contracts
import DocumentModel

/// Entries of the reading order as JSON.
struct EntryJSON {
  let content: ContentReader
  let descriptions: [String: String]

  func put(_ index: Int, into list: JSONStream.List) throws {
    let entry = content.entries[index]
    guard let id = entry.elements.first, let item = try content.item(index) else {
      return try list.put(["index": JSONValue(index)])
    }
    let element = try content.reader.element(id)
    var members: [String: JSONValue?] = [
      "index": JSONValue(index), "kind": .string(Self.kind(item.kind, element)),
      "elements": try .list(entry.elements, place),
    ]
    if case .heading(let level) = item.kind { members["level"] = JSONValue(level) }
    if let list = element.list {
      members["list"] = .members([
        "marker": .traced(list.marker, item.markOrigin), "ordered": .bool(list.ordered),
        "level": JSONValue(entry.listLevel ?? list.level),
        "ordinal": list.ordinal.map { JSONValue($0) },
      ])
    }
    if item.isQuote { members["quote"] = true }
    if let level = item.itemLevel { members["item_level"] = JSONValue(level) }
    members["mark"] = element.footnoteMark.map { .traced($0, item.markOrigin) }
    if element.typography.direction == .rightToLeft { members["direction"] = "rtl" }
    if !entry.footnotes.isEmpty { members["footnotes"] = .list(entry.footnotes) { .string($0.description) } }
    if !entry.captions.isEmpty {
      members["captions"] = try .list(entry.captions) { id in
        let text = try content.reader.element(id).runs.map { TracedText($0, of: id) }.joined()
        return .members(["text": .traced(text), "element": try place(id)])
      }
    }
    switch item.kind {
    case .table(let grid): return try list.put(members, with: "table") { try Self.put(grid, into: $0) }
    case .figure(let figure):
      members["figure"] = .members([
        "kind": .string(figure.kind.rawValue), "page": JSONValue(id.page), "file": figure.file.map { .string($0) },
        "media_type": figure.mediaType.map { .string($0) },
        "inside": figure.inside.isEmpty ? nil : .traced(figure.inside, .made(.figureText, element: id)),
        "description": descriptions[id.description].map { .traced($0, .made(.description, element: id)) },
      ])
    default:
      let runs = try content.joined(entry)
      members["text"] = .traced(runs.traced)
      if runs.contains(where: { !$0.style.isEmpty || $0.link != nil }) { members["runs"] = .list(runs, Self.run) }
    }
    try list.put(.members(members))
  }

  private func place(_ id: ElementID) throws -> JSONValue {
    let element = try content.reader.element(id)
    return [
      "id": .string(id.description), "page": JSONValue(id.page), "box": JSONValue(element.box),
      "confidence": JSONValue(element.confidence),
    ]
  }

  private static func kind(_ kind: ContentItem.Kind, _ element: Element) -> String {
    switch kind {
    case .title: "title"
    case .heading: "heading"
    default: element.kind.rawValue
    }
  }

  private static func run(_ run: InlineRun) -> JSONValue {
    .members([
      "text": .traced(run.text), "link": run.link.map { .string($0) },
      "style": run.style.isEmpty
        ? nil : .array(TextStyle.names.filter { run.style.contains($0.style) }.map { .string($0.name) }),
    ])
  }

  /// Row by row: a table may run over a thousand pages.
  private static func put(_ grid: TableGrid, into value: JSONStream.Value) throws {
    let members: [String: JSONValue?] = [
      "rows": JSONValue(grid.rowCount), "columns": JSONValue(grid.columns), "header_rows": JSONValue(grid.headerRows),
      "stub_columns": JSONValue(grid.stubColumns),
    ]
    try value.put(members, with: "cells") { cells in
      try cells.list { add in try grid.forEachRow { row in for place in row { try add(cell(place)) } } }
    }
  }

  private static func cell(_ place: TableGrid.Place) -> JSONValue {
    .members([
      "row": JSONValue(place.row), "column": JSONValue(place.column),
      "row_span": place.rowSpan > 1 ? JSONValue(place.rowSpan) : nil,
      "column_span": place.columnSpan > 1 ? JSONValue(place.columnSpan) : nil,
      "header": place.header ? true : nil, "text": .traced(place.text.traced),
      "box": place.box.map { JSONValue($0) }, "page": place.box == nil ? nil : JSONValue(place.page),
    ])
  }
}
