import DocumentModel

/// Listings whose lines are numbered in other type than the code: each number is a part of its row, and a number alone
/// is an empty row.
enum ListingNumbers {
  private static let leastCode = 2  // rows with code among those that are numbered one after the other
  private static let longest = 4  // digits of a line's number
  private static let flush = 0.5  // em: numbers end at one place, or begin there

  /// The rows of such listings: indices into `rows`.
  static func rows(_ rows: [TextRow]) -> [Int] {
    var found: [Int] = []
    var at = 0
    while at < rows.count {
      guard let first = number(rows[at]) else {
        at += 1
        continue
      }
      var expected = first + 1
      var members = [at]
      var next = at + 1
      while next < rows.count, rows[next].column == rows[at].column {
        if number(rows[next]) == expected, isFlush(rows[at], rows[next]) {
          expected += 1
          members.append(next)
        } else if rows[next].isMonospaced {
          members.append(next)  // a line too long for its width
        } else {
          break
        }
        next += 1
      }
      if expected - first > leastCode, members.count(where: { rows[$0].lines.count > 1 }) >= leastCode {
        found += members
      }
      at = next
    }
    return found
  }

  /// The number that a row begins with, if the rest is code or nothing.
  private static func number(_ row: TextRow) -> Int? {
    guard !row.isRightToLeft, !row.lines[0].isTurned, row.lines[0].words.count == 1, let word = row.words.first,
      word.utf8.count <= longest, word.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      row.lines.dropFirst().allSatisfy(\.isMonospaced)
    else { return nil }
    return Int(word)
  }

  private static func isFlush(_ a: TextRow, _ b: TextRow) -> Bool {
    let (first, second) = (a.lines[0].box, b.lines[0].box)
    let slack = flush * max(a.size, b.size)
    return abs(first.right - second.right) <= slack || abs(first.left - second.left) <= slack
  }
}
