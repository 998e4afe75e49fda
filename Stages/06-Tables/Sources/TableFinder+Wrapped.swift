import Contracts
import DocumentModel

// Tables whose cells hold several lines.
extension TableFinder {
  func wrappedCandidates(besides others: [TableCandidate]) throws -> [TableCandidate] {
    let ruled = others.filter { $0.grid.strategy != .unruled && $0.refusal == nil }
    var areas = WrappedAreas.areas(body)
    if page.columns.count > 1 {
      for column in page.columns { areas += WrappedAreas.areas(words(in: column.insetBy(-2), of: body)) }
    }
    return try areas.prefix(Self.mostAreas).flatMap { area -> [TableCandidate] in
      let box = area.lines.joined().lazy.map(\.box).union()
      return try WrappedGrid.grids(area, ground: box.flatMap(ground), budget: budget).compactMap {
        wrapped($0, besides: ruled)
      }
    }
  }

  private func wrapped(_ reading: WrappedGrid, besides ruled: [TableCandidate]) -> TableCandidate? {
    guard let draft = reading.grid(), let trimmed = GridTrim.trimmed(draft) else { return nil }
    let words = reading.words
    let area = draft.box
    // Two columns alone may be anything that is set side by side: names in bold type or over a rule make them a table.
    let isNamed =
      reading.columns > 2 && reading.areRowsSure || reading.isHeaded
      || rules(in: area).contains {
        reading.endOfHeader.contains($0.position) && $0.length >= Self.headRule * area.width
      }
    guard isNamed, !reading.isForm else { return nil }
    // The layout takes columns of a table for those of the page, but hardly two of running text.
    if reading.longColumns > 1 || reading.columns == 2, isOverGutter(area, words) { return nil }
    if reading.longColumns == reading.columns, !(reading.isHeaded && reading.areRowsSure) { return nil }
    var grid = TitleLines(page: body).taken(off: trimmed)
    grid.stubColumns = HeaderRows.stubColumns(grid)
    let isText = refusals.runsOn(words, area, page: body)
    let reason: RefusedTable.Reason? = refusals.isPicture(area) ? .figure : isText ? .prose : nil
    let isBounded = ruled.contains { !$0.words.isDisjoint(with: words.lazy.map(\.index)) }
    return TableCandidate(
      wrapped: grid, evidence: (isBounded ? -Self.boundLoss : 0) - (reading.areRowsSure ? 0 : Self.rowLoss),
      wordGap: wordGap, refusal: reason)
  }

  private static let rowLoss = 0.08  // of the confidence: where nothing but room on the lines tells rows
  private static let boundLoss = 0.1  // of the confidence: where rules bound the table, they tell more of it
  private static let headRule = 0.6  // of the table's width
}
