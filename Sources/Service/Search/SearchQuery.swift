import HTTPServer
import StageKit

/// What somebody looks for: words, `"phrases"`, beginnings (`inv*`), and what must not be there (`-draft`).
///
/// Whatever is typed is taken as words: nothing of it reaches the index as syntax.
package struct SearchQuery: Sendable, Hashable {
  /// The expression for FTS5, every term quoted.
  package let match: String

  /// Characters of a query, and terms in it: what a person types, not a program.
  package static let longest = 256
  private static let mostTerms = 16

  /// - Throws: `StageFailure` with `invalid_request` where there is nothing to look for.
  package init(_ text: String) throws(StageFailure) {
    guard text.unicodeScalars.count <= Self.longest else {
      throw StageFailure(.invalidRequest, "A search may have \(Self.longest) characters.")
    }
    let terms = Self.terms(of: text)
    guard terms.count <= Self.mostTerms else {
      throw StageFailure(.invalidRequest, "A search may have \(Self.mostTerms) words.")
    }
    let wanted = terms.filter { !$0.isExcluded }.map(\.expression)
    guard !wanted.isEmpty else {
      throw StageFailure(
        .invalidRequest, "There is no word to look for.", hint: "Give words, \"a phrase\" or the start of a word*.")
    }
    let excluded = terms.filter(\.isExcluded).map(\.expression)
    let all = wanted.joined(separator: " AND ")
    match = excluded.isEmpty ? all : "(\(all)) NOT (\(excluded.joined(separator: " OR ")))"
  }

  private struct Term {
    var text = ""
    var isExcluded = false
    var isPrefix = false

    /// FTS5's strings: a quote within is written twice.
    var expression: String {
      "\"\(text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
        + (isPrefix ? " *" : "")
    }

    /// Signs alone are no word to the index.
    var isWord: Bool {
      text.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }
  }

  private static func terms(of text: String) -> [Term] {
    var terms: [Term] = []
    var rest = text.unicodeScalars.filter { $0.value != 0 }[...]
    while let first = rest.first {
      if first.properties.isWhitespace {
        rest.removeFirst()
        continue
      }
      var term = Term()
      if first == "-", rest.count > 1 {
        term.isExcluded = true
        rest.removeFirst()
      }
      if rest.first == "\"" {
        rest.removeFirst()
        // A phrase that is not closed goes to the end.
        let phrase = rest.prefix { $0 != "\"" }
        rest = rest.dropFirst(phrase.count + 1)
        term.text = String(String.UnicodeScalarView(phrase))
      } else {
        let word = rest.prefix { !$0.properties.isWhitespace && $0 != "\"" }
        rest = rest.dropFirst(word.count)
        term.text = String(String.UnicodeScalarView(word))
      }
      if term.text.hasSuffix("*") || rest.first == "*" {
        term.isPrefix = true
        if rest.first == "*" { rest.removeFirst() }
        while term.text.hasSuffix("*") { term.text.removeLast() }
      }
      if term.isWord { terms.append(term) }
    }
    return terms
  }
}
