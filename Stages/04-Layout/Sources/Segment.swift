import DocumentModel

/// Words in a row without a gap that could part columns: the atoms of column finding.
struct Segment: Sendable {
  /// Indices into the placed words, left to right.
  let words: [Int]
  /// Of each word.
  private let sides: [(left: Double, right: Double)]
  let box: BoundingBox
  let baseline: Double
  /// The size that most letters have.
  let size: Double
  let letters: Int
  let digits: Int
  let monospaced: Bool
  /// Whether it is nothing but a list's sign.
  let isBullet: Bool
  /// Whether it ends as a label does.
  let endsInColon: Bool

  init(words: [Int], of placed: [PlacedWord]) {
    self.words = words
    sides = words.map { (placed[$0].box.left, placed[$0].box.right) }
    box = words.lazy.map { placed[$0].box }.union() ?? BoundingBox(left: 0, top: 0, right: 0, bottom: 0)
    letters = words.reduce(0) { $0 + placed[$1].letters }
    digits = words.reduce(0) { $0 + placed[$1].digits }
    monospaced = words.allSatisfy { placed[$0].monospaced }
    isBullet = words.count == 1 && placed[words[0]].isBullet
    endsInColon = words.last.map { placed[$0].endsInColon } ?? false
    let main = Self.prevailing(words, placed)
    (size, baseline) = (placed[main].size, placed[main].baseline)
  }

  /// Whether the box is one row high: a text layer may run the end of one line and the start of another into one word,
  /// whose box then stands in everything between.
  var isLevel: Bool { box.height <= Self.tallest * size }

  /// How much of a box the word that overlaps it most takes, in points; the lowered letter of "TeX" stands in a gap.
  func overlap(_ box: BoundingBox) -> Double {
    let place = sides.partitioningIndex { $0.left >= box.left }
    let near = sides[max(place - Self.beside, 0)..<min(place + Self.beside, sides.count)]
    return near.map { max(0, min($0.right, box.right) - max($0.left, box.left)) }.max() ?? 0
  }

  private static let beside = 3  // words looked at on either side
  private static let tallest = 2.5  // sizes

  /// The band in which the small letters stand; drop caps and scripts do not widen it.
  var core: (top: Double, bottom: Double) { (baseline - 0.6 * size, baseline) }

  /// The first word of the size that most letters have.
  private static func prevailing(_ words: [Int], _ placed: [PlacedWord]) -> Int {
    var letters: [(size: Int, letters: Int, word: Int)] = []
    for word in words {
      let size = Int((placed[word].size * 4).rounded())  // quarter points
      if let known = letters.firstIndex(where: { $0.size == size }) {
        letters[known].letters += placed[word].letters
      } else if letters.count < 16 {
        letters.append((size, placed[word].letters, word))
      }
    }
    return letters.max { ($0.letters, $1.word) < ($1.letters, $0.word) }?.word ?? words[0]
  }
}
