import Contracts
import DocumentModel
import Testing

@testable import Regions

@Suite("Headings of scans")
struct ScannedHeadingTests {
  @Test(
    "a numbered heading of a scan is parted from the text close below it, an item and a paragraph's first row are not",
    arguments: [
      ("2.1 Where lines begin", 10, true), ("2.1 Where lines begin", 8, true), ("1 INTRODUCTION", 10, true),
      ("1 Introduction", 10, true), ("3 Oranges", 10, false), ("2.1 Where lines begin,", 10, false),
      ("2.1 per cent of all lines", 10, false),
    ] as [(String, Double, Bool)])
  func scannedHeading(text: String, size: Double, isHeading: Bool) throws {
    var document = DocumentBuilder()
    document.source = .recognition
    document.prose(lines: 12, baseline: 80)
    let first = document.pages[0].lines.count
    document.line(text, left: 60, baseline: 250, size: size, face: .plain)
    for row in 0..<8 {
      document.line(
        "Lines of running text that are as long as the column is wide and begin with a capital letter, row \(row)",
        left: 60, baseline: 265 + 12 * Double(row), size: 10, face: .plain)
    }
    document.close(from: first, column: 0)
    #expect(try document.run().texts(.heading) == (isHeading ? [text] : []))
  }
}
