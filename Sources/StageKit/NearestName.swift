/// Finds the right name that a mistyped one most resembles.
package enum NearestName {
  /// The candidate with the smallest edit distance, if it is near enough to be meant; the first of equals.
  package static func of(_ name: String, in candidates: some Sequence<String>) -> String? {
    let limit = min(max(2, name.count / 3), 8)  // edits: one slip in a short name, one in three letters of a long one
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let distance = distance(name.lowercased(), candidate.lowercased())
      if distance <= limit, distance < (best?.distance ?? .max) { best = (candidate, distance) }
    }
    return best?.name
  }

  private static let longest = 64  // characters: names are short, and the table is quadratic

  /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours cost one each.
  private static func distance(_ a: String, _ b: String) -> Int {
    let a = Array(a.unicodeScalars.prefix(longest)), b = Array(b.unicodeScalars.prefix(longest))
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var rows = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count { rows[i][0] = i }
    for j in 0...b.count { rows[0][j] = j }
    for i in 1...a.count {
      for j in 1...b.count {
        let substitution = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, substitution)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
        }
      }
    }
    return rows[a.count][b.count]
  }
}
