import StageKit

/// Reads pages of an upstream stage and keeps the last few.
final class PageCache<Output: StageOutput> {
  private let pages: EveryPage<Output>
  private var kept: [(page: Int, output: Arrival<Output>)] = []

  init(_ pages: EveryPage<Output>) { self.pages = pages }

  func page(_ number: Int) throws -> Arrival<Output> {
    if let index = kept.lastIndex(where: { $0.page == number }) { return kept[index].output }
    let output = try pages.load(page: number)
    if kept.count == Self.pagesKept { kept.removeFirst() }
    kept.append((number, output))
    return output
  }

  private static var pagesKept: Int { 4 }  // an entry that runs over a page break touches two
}
