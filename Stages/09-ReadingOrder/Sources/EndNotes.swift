import Contracts
import DocumentModel

/// The marks of pages gone by that notes at the end of the document, or of a part of it, may answer.
struct EndNotes {
  private var calls: [(entry: Int, mark: String, isPower: Bool)] = []

  mutating func add(_ more: [(entry: Int, mark: String, isPower: Bool)]) {
    calls += more.prefix(max(Self.most - calls.count, 0))
  }

  /// The entries that have the marks of notes which lead back to them; what is answered is answered once.
  mutating func answers(to notes: [(mark: String, id: ElementID)]) -> [(entry: Int, note: ElementID)] {
    guard !notes.isEmpty, !calls.isEmpty else { return [] }
    let byMark = Dictionary(notes.map { ($0.mark, $0.id) }, uniquingKeysWith: { first, _ in first })
    var found = calls.filter { !$0.isPower && byMark[$0.mark] != nil }.map { (entry: $0.entry, mark: $0.mark) }
    let open = Set(byMark.keys).subtracting(found.map(\.mark))
    found += PagePlace.counting(calls.filter(\.isPower).map { ($0.entry, $0.mark) }, through: open)
    let answered = Set(found.map(\.mark))
    calls.removeAll { answered.contains($0.mark) }
    var told: [Int: Set<String>] = [:]
    return found.compactMap { entry, mark in
      guard let note = byMark[mark], told[entry, default: []].insert(mark).inserted else { return nil }
      return (entry, note)
    }
  }

  private static let most = 4096  // marks: a book has a few hundred notes
}
