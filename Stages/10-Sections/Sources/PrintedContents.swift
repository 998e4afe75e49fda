import Contracts
import DocumentModel

/// The printed table of contents: its entries, and the titles it lists.
struct PrintedContents {
  private(set) var entries: Set<Int> = []
  /// How deep each title is listed, from 1, by indent.
  private(set) var levels: [PlainTitle: Int] = [:]

  /// Runs of at least three lines of contents with little between them.
  init(_ survey: Survey) {
    let found = survey.contentsLines.keys.sorted()
    var run: [Int] = []
    for entry in found {
      if let last = run.last, entry - last > Self.gap { close(&run, survey) }
      run.append(entry)
    }
    close(&run, survey)
    for heading in survey.announced.sorted() where !entries.contains(heading + 1) {
      let lines = (heading + 1..<heading + 1 + Self.mostPlain).prefix { survey.numberedLines[$0] != nil }
      if lines.count >= Self.fewest { entries.formUnion(lines) }
    }
  }

  /// Whether a heading is that of a table of contents.
  static func announces(_ title: PlainTitle) -> Bool {
    ContentsTitle.isOne(String(String.UnicodeScalarView(title.letters)))
  }

  private mutating func close(_ run: inout [Int], _ survey: Survey) {
    defer { run.removeAll() }
    let lines = run.flatMap { survey.contentsLines[$0] ?? [] }
    guard lines.count >= Self.fewest, var first = run.first, var last = run.last else { return }
    // Chapters in bold often have no leaders: such lines next to the others belong to them.
    while survey.numberedLines[first - 1] == lines[0].page, !entries.contains(first - 1) { first -= 1 }
    while survey.numberedLines[last + 1] == lines[lines.count - 1].page { last += 1 }
    // A stretch of contents is closed: what stands between its lines (wrapped titles, "Page") belongs to it.
    entries.formUnion(first...last)
    let indents = Self.steps(lines.map(\.left))
    for line in lines where levels[line.title] == nil {
      levels[line.title] = 1 + (indents.lastIndex { $0 <= line.left } ?? 0)
    }
  }

  /// The distinct left edges, ascending.
  private static func steps(_ lefts: [Double]) -> [Double] {
    var steps: [Double] = []
    for left in lefts.sorted() where steps.last.map({ left - $0 > step }) ?? true { steps.append(left) }
    return steps
  }

  /// Whether the indents of the contents tell levels apart.
  var tellsLevels: Bool { levels.values.contains { $0 > 1 } }

  private static let mostPlain = 400  // lines of contents without leaders
  private static let fewest = 3  // lines
  private static let gap = 3  // entries: a heading of a part, a wrapped title
  private static let step = 6.0  // points
}
