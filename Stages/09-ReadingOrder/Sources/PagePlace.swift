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

  init(number: Int, page: AssemblyOutput) {
    self.number = number
    self.page = page
  }

  func id(_ index: Int) -> ElementID { ElementID(page: number, index: index) }

  /// Reads the marks of reference out of an element that went to an entry.
  mutating func note(_ entry: Int, of element: Element, captions: [Int]) {
    var runs = element.runs
    for cell in element.table?.cells ?? [] { runs += cell.runs }
    for caption in captions { runs += page.elements[caption].runs }
    for run in runs { marks += ReferenceMarks.of(run).map { (entry, $0) } }
  }

  /// For each entry the notes it refers to: a mark leads to the first note of the page that bears it.
  func references() -> [(entry: Int, notes: [ElementID])] {
    guard !notes.isEmpty else { return [] }
    let byMark = Dictionary(notes.map { ($0.mark, $0.id) }, uniquingKeysWith: { first, _ in first })
    var found: [(entry: Int, notes: [ElementID])] = []
    var told: [Int: Set<ElementID>] = [:]
    for (entry, mark) in marks {
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
