import Contracts
import DocumentModel

/// A reading-order entry with what packing asks of it.
struct Passage {
  enum Role {
    /// A heading or title: belongs with what follows.
    case lead
    /// A text that announces what follows with a colon.
    case introduction
    case text
    case listItem
    case table
    case figure
    case footnote
  }

  /// Where what stands on one page begins: a scalar of the text, or a row.
  struct PageStart {
    let place: Int
    let page: Int
    /// Whether the row there begins on the page before.
    var isShared = false
  }

  let entry: Int
  let role: Role
  /// Its size with captions.
  let tokens: Int
  /// The joined text; empty for tables and figures.
  let text: [Unicode.Scalar]
  /// Where text of each page begins, in order.
  let pageStarts: [PageStart]
  let table: PassageTable?
  /// Pages of the captions.
  let captionPages: [Int]
  let captionTokens: Int
  /// Entries of the footnotes that its marks refer to.
  let notes: [Int]

  /// All of it: its text, its rows, or nothing where a figure stands.
  var whole: Range<Int> { 0..<(table?.rows.count ?? text.count) }

  /// Whether it should not end a chunk.
  var leadsOn: Bool { role == .lead || role == .introduction }

  /// Whether the next chunk may repeat its last sentences.
  var overlaps: Bool { role == .text || role == .introduction || role == .listItem }

  /// The pages that a stretch of it stands on; captions stand with the beginning.
  func pages(_ range: Range<Int>) -> [Int] {
    var pages: [Int] = []
    for (index, start) in pageStarts.enumerated() where start.place < max(range.upperBound, 1) {
      let next = pageStarts.indices.contains(index + 1) ? pageStarts[index + 1] : nil
      let end = next.map { $0.place + ($0.isShared ? 1 : 0) } ?? Int.max
      if end > range.lowerBound { pages.append(start.page) }
    }
    return range.lowerBound == 0 ? pages + captionPages : pages
  }
}
