import DocumentModel
import Testing

@Suite("Openings of captions")
struct CaptionOpeningTests {
  @Test(
    "a name and a number open a caption",
    arguments: [
      ("Table 3: Sums", CaptionOpening.Subject.table, true), ("Table 3 shows", .table, false),
      ("Fig.3 A curve", .picture, false), ("Tab. IV. Sums", .table, true), ("Tabela 2 – Sums", .table, true),
      ("表3 数", .table, true), ("図 3 数", .picture, true), ("Exhibit A-1. Sums", .other, true),
      ("Extended Data Table 3 | Sums", .other, true), ("Box 2. A note", .box, true),
    ])
  func opens(text: String, subject: CaptionOpening.Subject, isMarked: Bool) throws {
    let opening = try #require(CaptionOpening(text.split(separator: " ").map(String.init)))
    #expect(opening.subject == subject && opening.isMarked == isMarked)
  }

  @Test("other text opens none", arguments: ["Table Oak 2", "table 3", "Figures of speech", "Tables 3", "表示", "", "3"])
  func others(text: String) {
    #expect(CaptionOpening(text.split(separator: " ").map(String.init)) == nil)
  }

  @Test(
    "the first word names what a caption stands by",
    arguments: [
      ("Table", CaptionOpening.Subject.table), ("TAB.", .table), ("Tabela:", .table), ("Fig.", .picture),
      ("Fig.3", .picture), ("表3", .table), ("Rows", nil),
    ])
  func subjects(word: String, subject: CaptionOpening.Subject?) {
    #expect(CaptionOpening.subject(of: word) == subject)
  }
}
