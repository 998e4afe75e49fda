import Ledger
import StageKit

/// What a job lacks, in as few words as will do: pages rather than units, and neighbours together.
///
/// A page that one stage gave up is missing in all that follow, so only the first is told.
struct MissingParts: Sendable, Hashable {
  struct Part: Sendable, Hashable {
    let stage: StageID
    let code: String
    /// Nil where the code is all that is known.
    let message: String?
    let hint: String?
    /// Nil for what is not over a page.
    var pages: ClosedRange<Int>?
    /// Of an export.
    let format: String?
  }

  private(set) var parts: [Part] = []
  /// Pages that are missing somewhere.
  let pageCount: Int

  init(_ units: [UnitRecord]) {
    let givenUp = units.filter { $0.state == .gap || $0.state == .failed }.sorted { $0.unit < $1.unit }
    var pages: [Int: UnitRecord] = [:]
    for unit in givenUp {
      guard let page = unit.unit.page else { continue }
      if pages[page] == nil { pages[page] = unit }
    }
    pageCount = pages.count
    for (page, unit) in pages.sorted(by: { $0.key < $1.key }) { add(Self.part(unit, page: page)) }
    for unit in givenUp where unit.unit.page == nil { parts.append(Self.part(unit, page: nil)) }
  }

  /// How much is missing, in words: `24 pages, 1 part`; empty where nothing is.
  var summary: String {
    let others = parts.count { $0.pages == nil }
    return [(pageCount, "page"), (others, "part")].filter { $0.0 > 0 }.map { Measure.count($0.0, $0.1) }
      .joined(separator: ", ")
  }

  /// `pages 7-30: render: The page cannot be read. [page_unreadable]`
  var lines: [String] {
    parts.map { part in
      let why = [part.message, part.hint].compactMap { $0 }.joined(separator: " ")
      let place =
        switch part.pages {
        case let pages? where pages.count > 1: "pages \(pages.lowerBound)-\(pages.upperBound): \(part.stage.rawValue)"
        case let pages?: "page \(pages.lowerBound): \(part.stage.rawValue)"
        case nil: part.stage.rawValue + (part.format.map { "/\($0)" } ?? "")
        }
      return TerminalText.plain("\(place): \(why.isEmpty ? "missing" : why) [\(part.code)]")
    }
  }

  private mutating func add(_ part: Part) {
    if let last = parts.last, let before = last.pages, let pages = part.pages,
      before.upperBound + 1 == pages.lowerBound,
      last.stage == part.stage, last.code == part.code, last.message == part.message, last.hint == part.hint
    {
      parts[parts.count - 1].pages = before.lowerBound...pages.upperBound
    } else {
      parts.append(part)
    }
  }

  private static func part(_ unit: UnitRecord, page: Int?) -> Part {
    var format: String?
    if case .format(let name) = unit.unit.subject { format = name }
    return Part(
      stage: unit.unit.stage, code: unit.failure?.code.rawValue ?? unit.gap?.rawValue ?? unit.state.rawValue,
      message: unit.failure?.message, hint: unit.failure?.hint, pages: page.map { $0...$0 }, format: format)
  }
}
