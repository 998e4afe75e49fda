import DocumentModel

/// Rows that the splitter keeps together: one region, whatever its kind.
struct TextGroup: Sendable {
  var rows: [TextRow]
  /// The distance of baselines to the text above and below in the same column, in ems of the larger type; nil where
  /// nothing follows or precedes there.
  var gapAbove: Double?
  var gapBelow: Double?

  init(_ rows: [TextRow]) { self.rows = rows }

  var box: BoundingBox { rows.lazy.map(\.box).union() ?? BoundingBox(left: 0, top: 0, right: 0, bottom: 0) }
  var words: [String] { rows.flatMap(\.words) }
  var letters: Int { rows.reduce(0) { $0 + $1.letters } }
  var size: Double { rows.max { ($0.letters, $1.baseline) < ($1.letters, $0.baseline) }?.size ?? 0 }
  var isBold: Bool { rows.allSatisfy(\.isBold) }
  var isItalic: Bool { rows.allSatisfy(\.isItalic) }
  var isTurned: Bool { rows.contains { $0.lines[0].isTurned } }
  var lines: [Int] { rows.flatMap { $0.lines.map(\.index) } }
  var column: Int? { rows[0].column }

  var alphabetic: Int {
    words.reduce(0) { $0 + $1.unicodeScalars.count { $0.isLetter } }
  }

  /// How many words there are, where scripts without spaces have about one for a letter and a half.
  var extent: Int {
    words.reduce(0) { count, word in
      let unspaced = word.unicodeScalars.count(where: UnspacedScript.contains)
      return count + max(1, (2 * unspaced + 2) / 3)
    }
  }

  /// The family of the typeface that all words have; nil where they differ.
  var face: String? {
    guard let first = rows[0].face, rows.allSatisfy({ $0.face == first }) else { return nil }
    return first
  }

  /// Whether every cased letter is a capital.
  var isCapitals: Bool { Capitals.areAll(words) }

  var lastCharacter: Character? { words.last?.last }

  /// Tells each group how far its neighbours in the column are.
  static func measured(_ groups: [TextGroup]) -> [TextGroup] {
    var groups = groups
    for index in groups.indices.dropFirst() {
      guard groups[index].column == groups[index - 1].column, let last = groups[index - 1].rows.last else { continue }
      let first = groups[index].rows[0]
      let distance = first.baseline - last.baseline
      guard distance > 0 else { continue }
      let gap = distance / max(first.size, last.size, 1)
      groups[index].gapAbove = gap
      groups[index - 1].gapBelow = gap
    }
    return groups
  }
}

/// Words in capitals.
enum Capitals {
  private static let least = 3  // letters

  /// Whether words hold some capitals and no small letter.
  static func areAll(_ words: [String]) -> Bool {
    var upper = 0
    for scalar in words.joined().unicodeScalars {
      if scalar.isSmall { return false }
      if scalar.isCapital { upper += 1 }
    }
    return upper >= least
  }

  /// Whether next to all letters are capitals: "FOR JACoW CONFERENCES".
  static func areMost(_ words: [String]) -> Bool {
    let scalars = words.joined().unicodeScalars
    return scalars.count(where: \.isCapital) >= mostShare * scalars.count(where: \.isSmall)
  }

  private static let mostShare = 4  // capitals to a small letter
}
