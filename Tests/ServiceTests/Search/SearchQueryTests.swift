import StageKit
import TestSupport
import Testing

@testable import Service

@Suite("Search queries")
struct SearchQueryTests {
  @Test(
    "what people type becomes quoted terms",
    arguments: [
      ("net amount", #""net" AND "amount""#),
      (#""net amount" tax"#, #""net amount" AND "tax""#),
      ("inv*", #""inv" *"#),
      (#""net am"*"#, #""net am" *"#),
      ("tax -draft", #"("tax") NOT ("draft")"#),
      (#"tax -"first draft" -old"#, #"("tax") NOT ("first draft" OR "old")"#),
      ("AND OR NOT NEAR(x)", #""AND" AND "OR" AND "NOT" AND "NEAR(x)""#),
      ("text:secret ^start {a b}", #""text:secret" AND "^start" AND "{a" AND "b}""#),
      (#"unclosed "phrase here"#, #""unclosed" AND "phrase here""#),
      ("— price …", #""price""#),
      ("a\u{0}b", #""ab""#),
      ("Zürich", #""Zürich""#),
    ])
  func expressions(text: String, expected: String) throws {
    #expect(try SearchQuery(text).match == expected)
  }

  @Test(
    "what holds no word, or too many, is refused with a hint",
    arguments: ["", "   ", "-", "\"\"", "* - \"", "-only -these", String(repeating: "a ", count: 17), "…"])
  func refused(text: String) {
    #expect(throws: StageFailure.self) { try SearchQuery(text) }
  }

  @Test("a query that is too long is refused")
  func tooLong() {
    #expect(throws: StageFailure.self) { try SearchQuery(String(repeating: "a", count: 257)) }
  }

  @Test("no query whatever is an error to the index")
  func anything() async throws {
    let bench = try SearchBench()
    try await bench.add("jb00000001", pages: ["net amount of the invoice", "first draft"])
    var generator = SeededGenerator(7)
    let alphabet = Array("ab\"*-^:(){}+,.'\\;NEARORNOT \u{1F642}é\u{301}\u{4e2d}1\u{0}\n")
    for _ in 0..<2_000 {
      let length = Int.random(in: 1...40, using: &generator)
      let text = String((0..<length).compactMap { _ in alphabet.randomElement(using: &generator) })
      guard let query = try? SearchQuery(text) else { continue }
      _ = try await bench.index.hits(query, limit: 5)
    }
  }
}
