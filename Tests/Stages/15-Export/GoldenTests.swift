import Testing

@testable import Export

@Suite("A document with one of everything")
struct GoldenTests {
  @Test("is written in Markdown as kept")
  func markdown() throws {
    let files = try MadeDocument.everything().export(MarkdownExport.self).files
    let main = try #require(files[".md"])
    #expect(
      String(decoding: main, as: UTF8.self)
        == String(decoding: try GoldenFile.bytes("everything.md", now: main), as: UTF8.self))
    #expect(files["/figure-01.png"] == [0x89, 0x50, 0x4E, 0x47])
  }

  @Test("is written in HTML as kept")
  func html() throws {
    let main = try #require(try MadeDocument.everything().export(HTMLExport.self).files[".html"])
    #expect(
      String(decoding: main, as: UTF8.self)
        == String(decoding: try GoldenFile.bytes("everything.html", now: main), as: UTF8.self))
  }

  @Test("is written in plain text as kept")
  func text() throws {
    let main = try #require(try MadeDocument.everything().export(TextExport.self).files[".txt"])
    #expect(
      String(decoding: main, as: UTF8.self)
        == String(decoding: try GoldenFile.bytes("everything.txt", now: main), as: UTF8.self))
  }
}
