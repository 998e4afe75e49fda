/// Two texts line by line, as `diff -u` tells them.
package struct UnifiedDifference: Codable, Sendable, Hashable {
  package struct Hunk: Codable, Sendable, Hashable {
    /// The first line on each side, from 1, and how many.
    package let oldStart: Int
    package let oldCount: Int
    package let newStart: Int
    package let newCount: Int
    /// Each with a space, a minus or a plus before it.
    package let lines: [String]

    /// `@@ -1,4 +1,5 @@`
    package var head: String { "@@ -\(oldStart),\(oldCount) +\(newStart),\(newCount) @@" }
  }

  package let hunks: [Hunk]
  /// Lines that are there on one side only.
  package let removed: Int
  package let added: Int

  /// - Parameter context: lines that are the same, told around those that are not.
  package init(_ old: String, _ new: String, context: Int = 2) {
    let a = Self.lines(old)
    let b = Self.lines(new)
    let steps = SequenceDifference(a, b).steps
    let changed = steps.indices.filter { if case .same = steps[$0] { false } else { true } }
    var hunks: [Hunk] = []
    var index = 0
    while index < changed.count {
      var last = index
      while last + 1 < changed.count, changed[last + 1] - changed[last] <= 2 * context + 1 { last += 1 }
      let range = max(changed[index] - context, 0)..<min(changed[last] + context + 1, steps.count)
      hunks.append(Self.hunk(steps, range, a, b))
      index = last + 1
    }
    self.hunks = hunks
    removed = steps.count { if case .removed = $0 { true } else { false } }
    added = steps.count { if case .added = $0 { true } else { false } }
  }

  private static func lines(_ text: String) -> [Substring] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  private static func hunk(
    _ steps: [SequenceDifference.Step], _ range: Range<Int>, _ a: [Substring], _ b: [Substring]
  ) -> Hunk {
    // Where a side has no line in the hunk, the line before it is named, as diff does.
    var (oldStart, newStart, oldCount, newCount) = (0, 0, 0, 0)
    for step in steps[..<range.lowerBound] {
      switch step {
      case .same: (oldStart, newStart) = (oldStart + 1, newStart + 1)
      case .removed: oldStart += 1
      case .added: newStart += 1
      }
    }
    let lines = steps[range].map { step -> String in
      switch step {
      case .same(let i, _):
        (oldCount, newCount) = (oldCount + 1, newCount + 1)
        return " " + a[i]
      case .removed(let i):
        oldCount += 1
        return "-" + a[i]
      case .added(let j):
        newCount += 1
        return "+" + b[j]
      }
    }
    return Hunk(
      oldStart: oldStart + (oldCount > 0 ? 1 : 0), oldCount: oldCount, newStart: newStart + (newCount > 0 ? 1 : 0),
      newCount: newCount, lines: lines)
  }
}
