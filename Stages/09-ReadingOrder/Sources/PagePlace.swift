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
    marks += texts.flatMap(ReferenceMarks.of).map { (entry, $0) }
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
        for mark in ReferenceMarks.of([run]) { explained[mark] = marks.count }
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
    for (place, (entry, mark)) in marks.enumerated() where place >= explained[mark, default: 0] {
      guard let note = byMark[mark], told[entry, default: []].insert(note).inserted else { continue }
      if let last = found.indices.last, found[last].entry == entry {
        found[last].notes.append(note)
      } else {
        found.append((entry, [note]))
      }
    }
    return found
  }
}
