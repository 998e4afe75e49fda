import DocumentModel
import Testing

@testable import Assembly

@Suite("Initials")
struct InitialLetterTests {
  @Test(
    "a large capital is the first letter of the word beside it unless it is a word itself",
    arguments: [
      ("S", "HE", true), ("T", "he", true), ("I", "\u{2019}ve", true), ("I", "t", true), ("A", "man", false),
      ("A", "fter", true), ("T", "12", false), ("12", "he", false), ("t", "he", false),
    ])
  func joins(letter: String, rest: String, joined: Bool) {
    #expect(
      InitialLetter.belongs(letter, Self.word(letter, 40), to: rest, Self.word(rest, 10)) { $0 == "after" } == joined)
  }

  @Test("a letter of the text's own size is a word")
  func small() { #expect(!InitialLetter.belongs("S", Self.word("S", 12), to: "he", Self.word("he", 10)) { _ in true }) }

  @Test("scripts of a large letter are no part of a word", arguments: [-8.0, 36])
  func scripts(top: Double) {
    #expect(!InitialLetter.belongs("S", Self.word("S", 40), to: "n", Self.word("n", 10, top: 100 + top)) { _ in true })
  }

  private static func word(_ text: String, _ size: Double, top: Double = 102) -> Word {
    Word(
      text: text, box: BoundingBox(left: 50, top: top, right: 60, bottom: top + 0.7 * size), source: .textLayer,
      size: size)
  }
}
