import Contracts
import DocumentModel

/// Where the stream stands on a page, and which entries of the page refer to which notes.
struct PagePlace {
  let number: Int
  let page: AssemblyOutput
  /// Whether the page's body has begun.
  var hasBody = false
  /// The page's footnotes by their marks, in order.
  var notes: [(mark: String, id: ElementID)] = []
  /// The marks of reference that stand in an entry, in order.
  private var marks: [(entry: Int, mark: String)] = []
  /// What stands behind numbers and may be powers of them, in order.
  private var powers: [(entry: Int, mark: String)] = []
  /// For marks that a text of the page explains, how many marks stand before that text's end.
  private var explained: [String: Int] = [:]

  init(number: Int, page: AssemblyOutput) {
    self.number = number
    self.page = page
  }

  func id(_ index: Int) -> ElementID { ElementID(page: number, index: index) }

  /// Reads the marks of reference out of an element that went to an entry.
  mutating func note(_ entry: Int, of element: Element, captions: [Int]) {
    guard element.kind != .formula else { return }
    let texts =
      [element.runs] + (element.table?.cells.map(\.runs) ?? []) + captions.map { page.elements[$0].runs }
    for mark in texts.lazy.flatMap(ReferenceMarks.of) {
      if mark.isPower { powers.append((entry, mark.text)) } else { marks.append((entry, mark.text)) }
    }
    explain(element)
  }

  /// A text that begins with a raised mark and a capital, as the lines of addresses under the authors do, is what the
  /// marks before it lead to, and so are the marks that begin a line or a name in it.
  private mutating func explain(_ element: Element) {
    guard element.kind == .paragraph || element.kind == .listItem else { return }
    var atStart = true
    for (run, next) in zip(element.runs, element.runs.dropFirst()) {
      let begins = atStart && next.text.unicodeScalars.first(where: { !$0.isSpace })?.isCapital ?? false
      if run.style.contains(.superscript), begins {
        for mark in ReferenceMarks.of([run]) { explained[mark.text] = marks.count }
      } else if run == element.runs.first {
        return
      }
      atStart = run.text.unicodeScalars.last?.isSpace ?? true
    }
  }

  /// For each entry the notes it refers to: a mark leads to the first note of the page that bears it.
  func references() -> [(entry: Int, notes: [ElementID])] {
    guard !notes.isEmpty else { return [] }
    let byMark = Dictionary(notes.map { ($0.mark, $0.id) }, uniquingKeysWith: { first, _ in first })
    var found: [(entry: Int, notes: [ElementID])] = []
    var told: [Int: Set<ElementID>] = [:]
    for (place, (entry, mark)) in (marks + counting()).enumerated() where place >= explained[mark, default: 0] {
      guard let note = byMark[mark], told[entry, default: []].insert(note).inserted else { continue }
      if let last = found.indices.last, found[last].entry == entry {
        found[last].notes.append(note)
      } else {
        found.append((entry, [note]))
      }
    }
    return found
  }

  /// Numbers that lead to no note of the page: notes at the end of the document may answer them.
  func unanswered() -> [(entry: Int, mark: String, isPower: Bool)] {
    let known = Set(notes.map(\.mark))
    let sure = marks.enumerated().filter { $0.offset >= explained[$0.element.mark, default: 0] }.map(\.element)
    return (sure.map { ($0.entry, $0.mark, false) } + powers.map { ($0.entry, $0.mark, true) })
      .filter { Int($0.1) != nil && !known.contains($0.1) }
  }

  /// Marks behind numbers that count up through notes that nothing else on the page leads to: no powers do so.
  private func counting() -> [(entry: Int, mark: String)] {
    let led = Set(marks.map(\.mark))
    let open = Set(notes.map(\.mark)).subtracting(led)
    return Self.counting(powers, through: open)
  }

  static func counting(_ powers: [(entry: Int, mark: String)], through open: Set<String>) -> [(
    entry: Int, mark: String
  )] {
    let found = powers.filter { open.contains($0.mark) }
    let numbers = found.compactMap { Int($0.mark) }
    guard numbers.count > 1, numbers.count == found.count,
      zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 })
    else { return [] }
    return found
  }
}
