import Checkpoints
import DocumentModel

/// A page on which everything stands that was looked for.
package struct SearchHit: Sendable {
  /// A stretch of the snippet.
  package struct Stretch: Sendable, Hashable {
    package let text: String
    /// Whether it is what was looked for.
    package let isMatch: Bool
  }

  package let job: JobID
  /// The document's name.
  package let name: String
  package let page: Int
  /// More is better; comparable within one search only.
  package let score: Double
  package let snippet: [Stretch]
  /// Where on the page it stands: the boxes of the paragraphs, cells and figures that have some of it.
  package let boxes: [BoundingBox]
  /// Where the next search goes on.
  let place: SearchPlace
}

/// A hit's place in the order of all hits.
struct SearchPlace: Sendable, Hashable {
  /// FTS5's rank: less is better.
  let rank: Double
  let row: Int64

  init(rank: Double, row: Int64) {
    self.rank = rank
    self.row = row
  }

  /// - Returns: nil for what is no place.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let bits = UInt64(parts[0], radix: 16), let row = Int64(parts[1]), row >= 0 else {
      return nil
    }
    let rank = Double(bitPattern: bits)
    guard rank.isFinite else { return nil }
    self.rank = rank
    self.row = row
  }

  /// Opaque to clients.
  var text: String { "\(String(rank.bitPattern, radix: 16))-\(row)" }
}
