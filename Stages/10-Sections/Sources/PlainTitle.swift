import DocumentModel

/// A heading's words in lower case, without number, punctuation and spaces: what titles are compared by.
struct PlainTitle: Hashable {
  let letters: [Unicode.Scalar]

  init(_ text: String) {
    let whole = Self.letters(of: text)
    let rest = Self.letters(of: HeadingNumber(text)?.rest ?? text)
    letters = rest.isEmpty ? whole : rest
  }

  var isEmpty: Bool { letters.isEmpty }

  /// Whether two texts are the same title, give or take a misread letter or a shortened end.
  func matches(_ other: PlainTitle) -> Bool {
    guard !isEmpty, !other.isEmpty else { return false }
    if letters == other.letters { return true }
    let (short, long) = letters.count < other.letters.count ? (self, other) : (other, self)
    if short.letters.count >= Self.shortestPart, long.letters.starts(with: short.letters),
      Double(short.letters.count) >= Self.part * Double(long.letters.count)
    {
      return true
    }
    let allowed = long.letters.count / Self.lettersPerError
    guard allowed > 0, long.letters.count - short.letters.count <= allowed else { return false }
    return Self.distance(letters, other.letters, limit: allowed) <= allowed
  }

  private static func letters(of text: String) -> [Unicode.Scalar] {
    var found: [Unicode.Scalar] = []
    for scalar in text.lowercased().unicodeScalars.prefix(longest)
    where scalar.isLetter || scalar.isNumeral {
      found.append(scalar)
    }
    return found
  }

  /// Edit distance inside a diagonal band; anything over the limit is told as one more.
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], limit: Int) -> Int {
    var row = Array(0...b.count)
    for i in 1...a.count {
      var next = Array(repeating: limit + 1, count: b.count + 1)
      next[0] = i
      let from = max(1, i - limit)
      let to = min(b.count, i + limit)
      guard from <= to else { return limit + 1 }
      for j in from...to {
        next[j] = min(row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), row[j] + 1, next[j - 1] + 1)
      }
      row = next
    }
    return row[b.count]
  }

  private static let longest = 240  // scalars: longer is no heading
  private static let shortestPart = 8  // letters: "the" begins many titles
  private static let part = 0.6  // of the longer title: bookmarks are cut, headings wrap
  private static let lettersPerError = 8  // a recogniser's error rate on poor scans
}
