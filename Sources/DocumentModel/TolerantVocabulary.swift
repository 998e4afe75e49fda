/// A closed list of folded words that finds a word again though recognition misread a letter of it.
///
/// Long words are found with one letter wrong, missing or added, by comparing what is left when one letter goes (the
/// deletion neighbourhood of SymSpell): linear in the word's length whatever the size of the list.
package struct TolerantVocabulary: Sendable {
  private let ids: [String: Int]
  private let neighbours: [String: [Int]]
  private let words: [String]

  /// - Parameter all: folded words, as `TextToken` has them; order does not matter.
  package init(_ all: some Sequence<String>) {
    words = Set(all).sorted()
    var ids: [String: Int] = [:]
    var neighbours: [String: [Int]] = [:]
    for (id, word) in words.enumerated() {
      ids[word] = id
      guard Self.isTolerant(word) else { continue }
      for left in Self.deletions(word) { neighbours[left, default: []].append(id) }
      neighbours[word, default: []].append(id)
    }
    self.ids = ids
    self.neighbours = neighbours
  }

  /// The index of the listed word that this one is, or is but for a misread letter.
  package func id(of folded: String) -> Int? {
    if let id = ids[folded] { return id }
    let bytes = folded.utf8
    guard bytes.count <= Self.longest else { return nil }
    let digits = bytes.reduce(0) { $0 + (($1 >= 0x30 && $1 <= 0x39) ? 1 : 0) }
    if digits > 0, digits * 2 < bytes.count {
      for reading in Self.readings(folded) { if let id = ids[reading] { return id } }
    }
    guard Self.isTolerant(folded), digits * 3 <= bytes.count else { return nil }
    for left in [folded] + Self.deletions(folded) {
      for id in neighbours[left] ?? []
      where Self.isOneEdit(Array(words[id].unicodeScalars), Array(folded.unicodeScalars)) {
        return id
      }
    }
    return nil
  }

  private static func isTolerant(_ word: String) -> Bool {
    let count = word.utf8.count
    return count >= fewestLetters && count <= longest
  }

  /// The word with its digits read as the letters they are mistaken for.
  private static func readings(_ word: String) -> [String] {
    ["l", "i"].map { one in
      word.reduce(into: "") { result, letter in
        switch letter {
        case "0": result += "o"
        case "1": result += one
        case "5": result += "s"
        case "8": result += "b"
        default: result.append(letter)
        }
      }
    }
  }

  private static func deletions(_ word: String) -> [String] {
    let scalars = Array(word.unicodeScalars)
    return scalars.indices.map { gone in
      var left = String.UnicodeScalarView()
      for index in scalars.indices where index != gone { left.append(scalars[index]) }
      return String(left)
    }
  }

  /// Whether one letter changed, missing or added turns the first into the second.
  private static func isOneEdit(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Bool {
    let (short, long) = a.count <= b.count ? (a, b) : (b, a)
    guard long.count - short.count <= 1 else { return false }
    let head = zip(short, long).prefix { $0.0 == $0.1 }.count
    let skipped = long.count == short.count ? head + 1 : head
    guard skipped <= short.count else { return true }
    return Array(short[skipped...]) == Array(long[(head + 1)...])
  }

  private static let fewestLetters = 6  // shorter words have too many honest neighbours
  private static let longest = 40  // bytes: no word of a list is longer
}
