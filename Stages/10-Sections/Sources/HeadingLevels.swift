import Contracts
import DocumentModel

/// Gives headings their levels: bookmarks first, then numbers, printed contents, and at last how they are set.
struct HeadingLevels {
  let outline: Outline
  let contents: PrintedContents
  /// The title's words, where there is one.
  let title: PlainTitle?

  func headings(_ candidates: [HeadingCandidate]) -> [Heading] {
    var levels = [(level: Int, evidence: Heading.Evidence)?](repeating: nil, count: candidates.count)
    let shift = outline.rootIsTitle(title) ? 1 : 0
    for (index, candidate) in candidates.enumerated() {
      if let bookmark = candidate.bookmark {
        levels[index] = (max(1, outline.entries[bookmark].level - shift), .outline)
      }
    }
    let series = NumberSeries(candidates, known: levels.map { $0?.level })
    for index in candidates.indices where levels[index] == nil {
      if let level = series.level(index) { levels[index] = (level, .numbering) }
    }
    if contents.tellsLevels {
      for (index, candidate) in candidates.enumerated() where levels[index] == nil {
        if let level = contents.levels[candidate.plain] { levels[index] = (level, .tableOfContents) }
      }
    }
    let styles = StyleClusters(candidates, known: levels.map { $0?.level })
    let sections = OpenSections(candidates, levels: levels.map { $0?.level }, outline: outline, shift: shift)
    for index in candidates.indices where levels[index] == nil {
      levels[index] = (max(styles.level(index), sections.least(index)), .style)
    }

    let repaired = Self.repaired(levels.map { $0?.level ?? 1 })
    return candidates.indices.map { index in
      Heading(
        entry: candidates[index].entry, element: candidates[index].element, level: repaired[index],
        number: candidates[index].number?.printed, evidence: levels[index]?.evidence ?? .style)
    }
  }

  /// How many headings of lower levels each one stands in: without gaps, and alike for what stands alike.
  static func repaired(_ levels: [Int]) -> [Int] {
    var open: [Int] = []
    return levels.map { level in
      while let last = open.last, last >= level { open.removeLast() }
      if open.count < deepest { open.append(level) }
      return open.count
    }
  }

  private static let deepest = 9  // levels: more than any style guide has, fewer than nesting of JSON allows
}
