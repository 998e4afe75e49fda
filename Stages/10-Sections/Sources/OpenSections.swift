/// Where sections that are still open keep headings that only their type places: between `2.1` and `2.1.1`, and between
/// `2.1.1` and `2.1.2`, all stands in `2.1`.
///
/// The label of a drawing, set larger than headings, would else end the section, and its parts would move up.
struct OpenSections {
  private var least: [Int]

  /// - Parameters:
  ///   - levels: what stronger evidence than type gave.
  ///   - shift: by how much bookmarks lie deeper than headings.
  init(_ candidates: [HeadingCandidate], levels: [Int?], outline: Outline, shift: Int) {
    least = Array(repeating: 1, count: candidates.count)
    var numbered: (index: Int, path: [Int])?
    var marked: (index: Int, bookmark: Int)?
    for (index, candidate) in candidates.enumerated() {
      if let path = candidate.number?.path, let level = levels[index] {
        if let last = numbered, Self.isNext(path, after: last.path) { raise(last.index + 1..<index, to: level) }
        numbered = (index, path)
      }
      // A bookmark before the last one is out of its place, and tells nothing.
      if let bookmark = candidate.bookmark, bookmark > marked?.bookmark ?? -1 {
        if let last = marked {
          let between = outline.entries[last.bookmark + 1...bookmark]
          raise(last.index + 1..<index, to: (between.map(\.level).min() ?? 1) - shift)
        }
        marked = (index, bookmark)
      }
    }
  }

  /// The least level that a heading has where it stands.
  func least(_ index: Int) -> Int { least[index] }

  private mutating func raise(_ range: Range<Int>, to level: Int) {
    for index in range { least[index] = max(least[index], level) }
  }

  /// `2.1.1` is next after `2.1`, `2.2` after `2.1.4`; `3` after `2.1` is, too, but lies in nothing.
  private static func isNext(_ path: [Int], after last: [Int]) -> Bool {
    guard path.count > 1, let own = path.last else { return false }
    let section = path.dropLast()
    guard last.starts(with: section) else { return false }
    return own == (last.count > section.count ? last[section.count] : 0) + 1
  }
}
