import Contracts

/// Tells when a page begins and which pages are missing, each once.
struct PageTurns {
  private let pages: [Int]
  private let gaps: [Int: MissingPage]
  private var next = 0

  /// - Parameter pages: the job's pages, ascending.
  init(_ pages: [Int], missing: [MissingPage]) {
    self.pages = pages
    gaps = Dictionary(missing.map { ($0.page, $0) }) { first, _ in first }
  }

  /// Tells of all pages up to this one that have not been told.
  mutating func to(_ page: Int, _ body: (ContentEvent) throws -> Void) throws {
    while next < pages.count, pages[next] <= page {
      let number = pages[next]
      next += 1
      try body(gaps[number].map { .gap($0) } ?? .page(number))
    }
  }

  mutating func toEnd(_ body: (ContentEvent) throws -> Void) throws { try to(Int.max, body) }
}
