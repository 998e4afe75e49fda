import Contracts

/// A section as chunks see it: the text of its own, then its subsections.
struct SectionStretch: Equatable {
  /// Indices of the headings that lead here, its own last.
  let path: [Int]
  /// The entries before the first subsection.
  let own: Range<Int>
  let children: [SectionStretch]

  /// The outermost sections; together they hold every entry once, even where an edited tree leaves some out or names
  /// some twice.
  static func outermost(_ output: SectionsOutput, entries: Int) -> [SectionStretch] {
    stretches(output.sections, in: 0..<entries, path: [], headings: output.headings.count)
  }

  private static func stretches(_ sections: [Section], in bounds: Range<Int>, path: [Int], headings: Int)
    -> [SectionStretch]
  {
    var found: [SectionStretch] = []
    var cursor = bounds.lowerBound
    for section in sections {
      let start = min(max(section.start, cursor), bounds.upperBound)
      let end = min(max(section.end, start), bounds.upperBound)
      guard start < end else { continue }
      if start > cursor { found.append(SectionStretch(path: path, own: cursor..<start, children: [])) }
      var inner = path
      if let heading = section.heading, (0..<headings).contains(heading) { inner.append(heading) }
      var children = stretches(section.children, in: start..<end, path: inner, headings: headings)
      var own = start..<start
      if let first = children.first, first.path == inner, first.children.isEmpty { own = children.removeFirst().own }
      found.append(SectionStretch(path: inner, own: own, children: children))
      cursor = end
    }
    if cursor < bounds.upperBound {
      found.append(SectionStretch(path: path, own: cursor..<bounds.upperBound, children: []))
    }
    return found
  }
}
