import Contracts

/// The document's bookmarks, to be looked up by page.
struct Outline {
  let entries: [OutlineEntry]
  private let plain: [PlainTitle]
  private let byPage: [Int: [Int]]
  private let pages: [PlainTitle: [Int]]

  init(_ all: [OutlineEntry]) {
    entries = Array(all.prefix(Self.most))
    plain = entries.map { PlainTitle($0.title) }
    var byPage: [Int: [Int]] = [:]
    var pages: [PlainTitle: [Int]] = [:]
    for (index, entry) in entries.enumerated() {
      if let page = entry.page, byPage[page, default: []].count < Self.mostPerPage {
        byPage[page, default: []].append(index)
      }
      if let page = entry.page { pages[plain[index], default: []].append(page) }
    }
    (self.byPage, self.pages) = (byPage, pages)
  }

  /// Whether a bookmark with these words leads to another page, and none to this.
  func leadsAway(_ title: PlainTitle, page: Int) -> Bool {
    guard !title.isEmpty, let known = pages[title] else { return false }
    return known.allSatisfy { abs($0 - page) > 1 }
  }

  var isEmpty: Bool { entries.isEmpty }

  /// The bookmark that names a text: the same words on the same page, or a page off, where a bookmark leads a little
  /// high or low.
  ///
  /// - Parameter exactly: whether misread letters and shortened titles count as other titles.
  func bookmark(_ title: PlainTitle, page: Int, exactly: Bool) -> Int? {
    guard !entries.isEmpty else { return nil }
    for near in [page, page - 1, page + 1] {
      let here = byPage[near] ?? []
      if let exact = here.first(where: { plain[$0] == title && !title.isEmpty }) { return exact }
      if near == page, !exactly, let close = here.first(where: { plain[$0].matches(title) }) { return close }
    }
    return nil
  }

  /// Whether one bookmark above all others is the document's own title.
  func rootIsTitle(_ title: PlainTitle?) -> Bool {
    guard entries.count > 1, let first = entries.first, first.level == 1,
      entries.dropFirst().allSatisfy({ $0.level > 1 }), let title
    else { return false }
    return plain[0].matches(title)
  }

  private static let most = 20_000  // bookmarks
  private static let mostPerPage = 32  // bookmarks: each is compared with each heading of the page
}
