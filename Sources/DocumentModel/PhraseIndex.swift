/// Finds many phrases in a text in one pass.
///
/// A phrase is words as `TextToken` folds them; `<number>` stands for any number.
package struct PhraseIndex: Sendable {
  /// A phrase found: which one, and the tokens it covers.
  package struct Match: Sendable, Hashable {
    /// Index into the phrases given.
    package let phrase: Int
    package let tokens: Range<Int>
  }

  private struct Node {
    var next: [Int: Int] = [:]
    var phrases: [Int] = []
  }

  private let vocabulary: TolerantVocabulary
  private let nodes: [Node]

  /// - Parameters:
  ///   - phrases: as written; equal ones are each found.
  ///   - lookalikes: words that are not to be taken for a misread word of a phrase: "contact" is no "contract".
  package init(_ phrases: [String], lookalikes: [String] = []) {
    let split = phrases.map(Self.split)
    let vocabulary = TolerantVocabulary(
      split.joined().filter { $0 != Self.number } + lookalikes.flatMap(TextToken.words))
    var nodes = [Node()]
    for (index, words) in split.enumerated() where !words.isEmpty {
      var at = 0
      for word in words {
        // Every word of a phrase is in the vocabulary, so only numbers have no id.
        let id = word == Self.number ? Self.anyNumber : vocabulary.id(of: word) ?? Self.anyNumber
        if let next = nodes[at].next[id] {
          at = next
        } else {
          nodes.append(Node())
          nodes[at].next[id] = nodes.count - 1
          at = nodes.count - 1
        }
      }
      nodes[at].phrases.append(index)
    }
    self.vocabulary = vocabulary
    self.nodes = nodes
  }

  /// All matches, by their first token, then the longest first.
  package func matches(in tokens: [TextToken]) -> [Match] {
    let ids = tokens.map { token in (word: vocabulary.id(of: token.folded), number: token.isNumber) }
    var found: [Match] = []
    for start in ids.indices {
      var here: [Match] = []
      walk(from: 0, at: start, start: start, ids, &here)
      found += here.sorted { ($1.tokens.count, $0.phrase) < ($0.tokens.count, $1.phrase) }
    }
    return found
  }

  /// Follows both readings of a number, itself and `<number>`; phrases are short, so this stays small.
  private func walk(
    from node: Int, at position: Int, start: Int, _ ids: [(word: Int?, number: Bool)], _ found: inout [Match]
  ) {
    for phrase in nodes[node].phrases { found.append(Match(phrase: phrase, tokens: start..<position)) }
    guard position < ids.count else { return }
    if let word = ids[position].word, let next = nodes[node].next[word] {
      walk(from: next, at: position + 1, start: start, ids, &found)
    }
    if ids[position].number, let next = nodes[node].next[Self.anyNumber] {
      walk(from: next, at: position + 1, start: start, ids, &found)
    }
  }

  private static func split(_ phrase: String) -> [String] {
    phrase.split(separator: " ").flatMap { $0 == number ? [number] : TextToken.words(of: String($0)) }
  }

  private static let number = "<number>"
  private static let anyNumber = -1
}
