import Testing

@testable import DocumentModel

@Suite("Headings of contents")
struct ContentsTitleTests {
  @Test(
    "a heading of contents is known in many languages, with its accents and as it is read without them",
    arguments: [
      "Contents", "TABLE OF CONTENTS", "Inhaltsverzeichnis", "Table des matières", "Sumário", "Sumario", "Spis treści",
      "Obsah", "Содержание", "目 次", "Contents:",
    ])
  func known(text: String) { #expect(ContentsTitle.isOne(text)) }

  @Test("a heading that only has the word in it is none", arguments: ["Contents of the box", "Index", "Sumo", ""])
  func unknown(text: String) { #expect(!ContentsTitle.isOne(text)) }
}
