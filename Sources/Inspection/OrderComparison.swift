import Contracts
import DocumentModel
import StageKit

/// Compares what stands in an order: entries, headings, chunks. What is elsewhere in it is told as a move, once.
struct OrderComparison {
  let old: JobSnapshot
  let new: JobSnapshot

  init(_ old: JobSnapshot, _ new: JobSnapshot) {
    self.old = old
    self.new = new
  }

  static func states(_ page: AssemblyOutput) -> [Change.State] {
    page.elements.enumerated().map { index, element in
      let text =
        element.table.map { $0.cells.map(\.text).joined(separator: " | ") } ?? element.figure?.inside ?? element.text
      let marker = element.list?.marker ?? element.footnoteMark ?? ""
      return Change.State(
        index: index, text: marker.isEmpty ? text : marker + " " + text, kind: element.kind.rawValue,
        box: element.box, confidence: element.confidence)
    }
  }

  /// Entries, known again by where their first element stands.
  func entries() throws -> [Change] {
    let (a, b) = (
      try old.payload(of: UnitID(.readingOrder), as: ReadingOrderOutput.self),
      try new.payload(of: UnitID(.readingOrder), as: ReadingOrderOutput.self)
    )
    let names = try sameElements()
    func keys(_ order: ReadingOrderOutput, _ name: (ElementID) -> String) -> [String] {
      order.entries.map { $0.elements.first.map(name) ?? "" }
    }
    let (reader, newReader) = (elementReader(old), elementReader(new))
    let changes = Self.changes(
      .entry, keys(a) { names[$0]?.description ?? "old \($0)" }, keys(b) { $0.description },
      old: { Self.state($0, a.entries[$0], reader) }, new: { Self.state($0, b.entries[$0], newReader) })
    let joins = zip(a.entries, b.entries).contains { $0.joins != $1.joins || $0.elements.count != $1.elements.count }
    guard changes.isEmpty, joins || a.furniture != b.furniture || a.missing != b.missing else { return changes }
    return try UnitComparison(old, new, UnitID(.readingOrder)).values(except: [])
  }

  func headings() throws -> [Change] {
    let (a, b) = (
      try old.payload(of: UnitID(.sections), as: SectionsOutput.self),
      try new.payload(of: UnitID(.sections), as: SectionsOutput.self)
    )
    func states(_ output: SectionsOutput, _ reader: ElementReader) -> [Change.State] {
      output.headings.enumerated().map { index, heading in
        // An element that is not there has no text to tell.
        let text = (try? reader.element(heading.element).text) ?? ""
        return Change.State(index: index, text: text, kind: "level \(heading.level)")
      }
    }
    let (before, after) = (states(a, elementReader(old)), states(b, elementReader(new)))
    let found = Self.changes(
      .heading, before.map { $0.text ?? "" }, after.map { $0.text ?? "" }, old: { before[$0] }, new: { after[$0] })
    return found.isEmpty ? try UnitComparison(old, new, UnitID(.sections)).values(except: []) : found
  }

  func chunks() throws -> [Change] {
    func states(_ state: JobSnapshot) throws -> [Change.State] {
      let output = try state.payload(of: UnitID(.chunking), as: ChunkingOutput.self)
      let order = try state.output(ReadingOrderOutput.self)?.entries ?? []
      let reader = elementReader(state)
      return try output.chunks.enumerated().map { index, chunk in
        let text = try chunk.spans.filter { order.indices.contains($0.entry) }.map { span in
          let text = try EntryText(order[span.entry], reader: reader)
          guard !text.text.isEmpty else { return "\(order[span.entry].elements.first?.description ?? "") rows" }
          return String(
            String.UnicodeScalarView(
              text.text.unicodeScalars.dropFirst(span.start).prefix(max(span.end - span.start, 0)))
          )
        }
        return Change.State(index: index, text: text.joined(separator: " ¶ "), kind: "\(chunk.tokens) tokens")
      }
    }
    let (before, after) = (try states(old), try states(new))
    let found = Self.changes(
      .chunk, before.map { $0.text ?? "" }, after.map { $0.text ?? "" }, old: { before[$0] }, new: { after[$0] })
    return found.isEmpty ? try UnitComparison(old, new, UnitID(.chunking)).values(except: []) : found
  }

  private func elementReader(_ state: JobSnapshot) -> ElementReader {
    ElementReader(EveryPage(unit: UnitID(.readingOrder), artifacts: state))
  }

  private static let longest = 80  // characters: enough to know an entry by

  private static func state(_ index: Int, _ entry: ReadingEntry, _ reader: ElementReader) -> Change.State {
    // An entry is told by its text where its elements are there, else by its name.
    let text = (try? EntryText(entry, reader: reader).text) ?? ""
    let element = entry.elements.first.flatMap { try? reader.element($0) }
    let name = entry.elements.first?.description ?? ""
    return Change.State(
      index: index, text: text.isEmpty ? name : String(text.prefix(longest)), kind: element?.kind.rawValue,
      box: element?.box)
  }

  /// The new names of the old state's elements, page by page.
  private func sameElements() throws -> [ElementID: ElementID] {
    var names: [ElementID: ElementID] = [:]
    for page in old.pages {
      guard let a = try old.output(AssemblyOutput.self, .page(page)),
        let b = try new.output(AssemblyOutput.self, .page(page))
      else { continue }
      for case (let i?, let j?) in ItemMatching(Self.states(a), Self.states(b)).pairs {
        names[ElementID(page: page, index: i)] = ElementID(page: page, index: j)
      }
    }
    return names
  }

  private static func changes(
    _ subject: Change.Subject, _ a: [String], _ b: [String], old: (Int) -> Change.State, new: (Int) -> Change.State
  ) -> [Change] {
    var gone: [String: [Int]] = [:]
    let steps = SequenceDifference(a, b).steps
    for case .removed(let i) in steps { gone[a[i], default: []].append(i) }
    var moved: [Int: Int] = [:]
    for case .added(let j) in steps {
      guard var places = gone[b[j]], !places.isEmpty else { continue }
      moved[places.removeFirst()] = j
      gone[b[j]] = places
    }
    let arrived = Set(moved.values)
    var changes: [Change] = []
    var waiting: [Int] = []
    for step in steps {
      switch step {
      case .same(let i, let j):
        changes += waiting.map { Change(.removed, subject, old: old($0), new: nil) }
        waiting = []
        let (x, y) = (old(i), new(j))
        if x.kind != y.kind { changes.append(Change(.retyped, subject, old: x, new: y)) }
      case .removed(let i):
        if let j = moved[i] {
          changes.append(Change(.reordered, subject, old: old(i), new: new(j)))
        } else {
          waiting.append(i)
        }
      case .added(let j):
        guard !arrived.contains(j) else { continue }
        // What went and what came at the same place is one that changed.
        if waiting.isEmpty {
          changes.append(Change(.added, subject, old: nil, new: new(j)))
        } else {
          changes.append(Change(.changed, subject, old: old(waiting.removeFirst()), new: new(j)))
        }
      }
    }
    return changes + waiting.map { Change(.removed, subject, old: old($0), new: nil) }
  }
}
