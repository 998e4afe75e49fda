import Contracts

/// Builds the section tree from headings whose levels never jump by more than one.
enum SectionTree {
  private struct Open {
    let heading: Int
    let level: Int
    let start: Int
    var children: [Section] = []
  }

  /// - Parameter entries: how many entries the reading order has.
  static func build(_ headings: [Heading], entries: Int) -> [Section] {
    var roots: [Section] = []
    var stack: [Open] = []
    let first = headings.first?.entry ?? entries
    if first > 0 { roots.append(Section(heading: nil, start: 0, end: first, children: [])) }
    func close(to level: Int, at end: Int) {
      while let top = stack.last, top.level >= level {
        stack.removeLast()
        let section = Section(heading: top.heading, start: top.start, end: end, children: top.children)
        if stack.isEmpty { roots.append(section) } else { stack[stack.count - 1].children.append(section) }
      }
    }
    for (index, heading) in headings.enumerated() {
      close(to: heading.level, at: heading.entry)
      stack.append(Open(heading: index, level: heading.level, start: heading.entry))
    }
    close(to: 0, at: entries)
    return roots
  }
}
