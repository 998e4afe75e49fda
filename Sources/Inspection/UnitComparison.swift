import CanonicalJSON
import Checkpoints
import Contracts
import DocumentModel
import StageKit

/// Reads a unit's two checkpoints as its stage means them.
struct UnitComparison {
  let old: JobSnapshot
  let new: JobSnapshot
  let unit: UnitID

  init(_ old: JobSnapshot, _ new: JobSnapshot, _ unit: UnitID) {
    self.old = old
    self.new = new
    self.unit = unit
  }

  private static let mostChanges = 20_000  // of a unit: more is another document

  /// - Returns: nil where its stage sees no difference.
  func run() throws -> UnitDifference? {
    switch (old.place(of: unit), new.place(of: unit)) {
    case (nil, nil): return nil
    case (nil, .some): return difference(.added)
    case (.some, nil): return difference(.removed)
    case (.gap(let code)?, _):
      return difference(.gap, [Change(.changed, .value, place: "gap", old: .init(text: code.rawValue), new: nil)])
    case (_, .gap(let code)?):
      return difference(.gap, [Change(.changed, .value, place: "gap", old: nil, new: .init(text: code.rawValue))])
    default: break
    }
    let reasons = try reasons()
    if unit.stage == .export { return try exports(reasons) }
    // Where only the engine's confidence changed, nothing is read otherwise: that comes last.
    let all = try self.changes()
    let changes = all.filter { $0.kind != .rescored } + all.filter { $0.kind == .rescored }
    return UnitDifference(
      unit: unit, status: .changed, reasons: reasons, changes: Array(changes.prefix(Self.mostChanges)),
      omitted: max(changes.count - Self.mostChanges, 0), texts: [:], files: [])
  }

  private func difference(_ status: UnitDifference.Status, _ changes: [Change] = []) -> UnitDifference {
    UnitDifference(unit: unit, status: status, reasons: [], changes: changes, omitted: 0, texts: [:], files: [])
  }

  private func reasons() throws -> [KeyRecipe.Difference] {
    guard let before = try old.header(of: unit).recipe, let after = try new.header(of: unit).recipe else { return [] }
    return after.differences(from: before)
  }

  private func changes() throws -> [Change] {
    switch (unit.stage, unit.page) {
    case (.render, let page?): try words(RenderOutput.self, page, \.words) + values(except: ["words"])
    case (.ocr, let page?): try words(OCROutput.self, page, \.words) + values(except: ["words"])
    case (.layout, let page?): try lines(page)
    case (.regions, let page?): try regions(page)
    case (.tables, let page?): try tables(page)
    case (.figures, let page?): try figures(page)
    case (.assembly, let page?): try elements(page)
    case (.readingOrder, _): try OrderComparison(old, new).entries()
    case (.sections, _): try OrderComparison(old, new).headings()
    case (.classification, _): try ValueComparison(old, new).classification()
    case (.extraction, _): try ValueComparison(old, new).run()
    case (.chunking, _): try OrderComparison(old, new).chunks()
    default: try values(except: [])
    }
  }

  /// What the stage's own reading does not tell, path by path.
  func values(except names: Set<String>) throws -> [Change] {
    try PayloadDifference.changes(old.payload(of: unit), new.payload(of: unit), except: names)
  }

  private func both<Output: StageOutput>(_ type: Output.Type) throws -> (Output, Output) {
    (try old.payload(of: unit, as: type), try new.payload(of: unit, as: type))
  }

  private func words<Output: StageOutput>(
    _ type: Output.Type, _ page: Int, _ words: (Output) -> [Word]
  ) throws -> [Change] {
    let (a, b) = try both(type)
    return ItemMatching(words(a).enumerated().map(Self.state), words(b).enumerated().map(Self.state)).changes(.word)
  }

  private static func state(_ index: Int, _ word: Word) -> Change.State {
    Change.State(
      index: index, text: word.text, kind: word.source.rawValue, box: word.box, confidence: word.confidence)
  }

  private func lines(_ page: Int) throws -> [Change] {
    func states(_ state: JobSnapshot) throws -> [Change.State] {
      let text = try PageText(state, page)
      return text.layout.lines.enumerated().map {
        Change.State(
          index: $0, text: text.line($1), kind: $1.direction == .leftToRight ? nil : $1.direction.rawValue,
          box: $1.box)
      }
    }
    return try ItemMatching(states(old), states(new)).changes(.line) + values(except: ["lines", "blocks"])
  }

  private func regions(_ page: Int) throws -> [Change] {
    func states(_ state: JobSnapshot) throws -> [Change.State] {
      let text = try PageText(state, page)
      return try state.payload(of: unit, as: RegionsPage.self).regions.enumerated().map {
        Change.State(
          index: $0, text: text.lines($1.lines), kind: $1.kind.rawValue, box: $1.box, confidence: $1.confidence)
      }
    }
    return try ItemMatching(states(old), states(new)).changes(.region)
  }

  private func tables(_ page: Int) throws -> [Change] {
    let (a, b) = try both(TablesOutput.self)
    func states(_ tables: [Table]) -> [Change.State] {
      tables.enumerated().map {
        Change.State(
          index: $0, text: "\($1.rows) × \($1.columns)", kind: $1.strategy.rawValue, box: $1.box,
          confidence: $1.confidence)
      }
    }
    let matching = ItemMatching(states(a.tables), states(b.tables))
    var changes = matching.changes(.table)
    for case (let i?, let j?) in matching.pairs { changes += Self.cells(a.tables[i], b.tables[j], number: j + 1) }
    return changes + (try values(except: ["tables"]))
  }

  private static func cells(_ a: Table, _ b: Table, number: Int) -> [Change] {
    struct Place: Hashable, Comparable {
      let row: Int
      let column: Int
      static func < (a: Place, b: Place) -> Bool { (a.row, a.column) < (b.row, b.column) }
    }
    func cells(_ table: Table) -> [Place: Cell] {
      Dictionary(table.cells.map { (Place(row: $0.row, column: $0.column), $0) }) { first, _ in first }
    }
    func state(_ cell: Cell) -> Change.State {
      let span = cell.rowSpan > 1 || cell.columnSpan > 1 ? "\(cell.rowSpan) × \(cell.columnSpan)" : nil
      return Change.State(
        text: cell.text, kind: [cell.header ? "header" : nil, span].compactMap { $0 }.joined(separator: " "),
        box: cell.box)
    }
    let (before, after) = (cells(a), cells(b))
    return Set(before.keys).union(after.keys).sorted().compactMap { at in
      let (x, y) = (before[at].map(state), after[at].map(state))
      // A cell whose box alone is another follows its table.
      guard x?.text != y?.text || x?.kind != y?.kind else { return nil }
      let kind: Change.Kind = x == nil ? .added : y == nil ? .removed : x?.text != y?.text ? .changed : .retyped
      let place = "table \(number), row \(at.row + 1), column \(at.column + 1)"
      return Change(kind, .cell, place: place, old: x, new: y)
    }
  }

  private func figures(_ page: Int) throws -> [Change] {
    let (a, b) = try both(FiguresOutput.self)
    func states(_ figures: [Figure]) -> [Change.State] {
      figures.enumerated().map { Change.State(index: $0, kind: $1.kind.rawValue, box: $1.box) }
    }
    let changes = ItemMatching(states(a.figures), states(b.figures)).changes(.figure)
    return changes.isEmpty ? try values(except: []) : changes
  }

  private func elements(_ page: Int) throws -> [Change] {
    let (a, b) = try both(AssemblyOutput.self)
    let matching = ItemMatching(OrderComparison.states(a), OrderComparison.states(b))
    return matching.changes(.element)
  }

  // MARK: Exports

  private func exports(_ reasons: [KeyRecipe.Difference]) throws -> UnitDifference? {
    let (a, b) = try both(ExportOutput.self)
    var texts: [String: UnifiedDifference] = [:]
    var files: [String] = []
    let suffixes = Set((a.files + b.files).map(\.suffix)).sorted()
    for suffix in suffixes {
      let (x, y) = (a.files.first { $0.suffix == suffix }, b.files.first { $0.suffix == suffix })
      let before = try x.map { try old.file($0.file, of: unit).bytes() }
      let after = try y.map { try new.file($0.file, of: unit).bytes() }
      guard before != after else { continue }
      if (x ?? y)?.origins != nil || Self.isText((x ?? y)?.mediaType ?? "") {
        texts[suffix] = UnifiedDifference(
          String(decoding: before ?? [], as: UTF8.self), String(decoding: after ?? [], as: UTF8.self))
      } else {
        files.append(suffix)
      }
    }
    // Words may have other numbers or boxes while the text is the same.
    if texts.isEmpty, files.isEmpty { return nil }
    return UnitDifference(
      unit: unit, status: .changed, reasons: reasons, changes: [], omitted: 0, texts: texts, files: files)
  }

  private static func isText(_ mediaType: String) -> Bool {
    mediaType.hasPrefix("text/") || mediaType.hasPrefix("application/json")
  }
}
