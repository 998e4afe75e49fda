import DocumentModel

/// The numbers that lines end with, as those of contents do with their pages.
struct ContentsPages {
  private let lines: Int
  private var all: [Int] = []
  /// Those that dots lead to.
  private var led: [Int] = []

  private static let longestPage = 4  // digits
  private static let leastDots = 5
  private static let leastPages = 3

  init(_ lines: [[TableWord]]) {
    self.lines = lines.count
    for words in lines {
      guard let last = words.last, last.text.utf8.count <= Self.longestPage, let page = Int(last.text) else { continue }
      all.append(page)
      let dots = words.dropLast().reversed().prefix { $0.text.allSatisfy { LeaderSign.isLeader($0) } }
      if dots.reduce(0, { $0 + $1.text.count }) >= Self.leastDots { led.append(page) }
    }
  }

  /// Whether most of the lines have a page, which never falls.
  ///
  /// - Parameter isAnnounced: whether something names them contents: then pages need no dots.
  func areContents(isAnnounced: Bool = false) -> Bool {
    let pages = isAnnounced ? all : led
    return pages.count >= Self.leastPages && 2 * pages.count > lines && pages == pages.sorted()
  }
}
