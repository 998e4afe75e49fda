import Contracts
import DocumentModel
import StageKit
import Testing

@testable import Regions

@Suite("Regions stage")
struct RegionsStageTests {
  private func mixed() -> DocumentBuilder {
    var document = DocumentBuilder()
    for page in 1...4 {
      if page > 1 { document.newPage() }
      document.block(["Some Report \(page)"], baseline: 40)
      document.block(["\(page). Heading of page \(page)"], baseline: 90, size: 14)
      document.prose(lines: 8, baseline: 120)
      document.table((0..<5).map { [("row \($0)", 60.0), ("\($0 * page)", 300.0)] }, baseline: 300)
      document.block(["• point", "• other point"], baseline: 420)
      document.image(BoundingBox(left: 100, top: 500, right: 300, bottom: 650))
      document.block(["Figure \(page): a picture"], baseline: 670, size: 9)
      document.block(["\(page)"], left: 300, baseline: 770)
    }
    return document
  }

  @Test("every line of the layout is in exactly one region")
  func exactlyOnce() throws {
    let document = mixed()
    let result = try document.run()
    for page in 1...4 {
      let lines = try #require(result.pages[page]).regions.flatMap(\.lines)
      #expect(lines.sorted() == Array(document.pages[page - 1].lines.indices))
    }
  }

  @Test("the document's part counts what the pages hold")
  func counts() throws {
    let result = try mixed().run()
    var counts: [String: Int] = [:]
    for page in 1...4 {
      for region in try #require(result.pages[page]).regions { counts[region.kind.rawValue, default: 0] += 1 }
    }
    #expect(result.output.counts == counts)
    #expect(result.output.pageCount == 4)
    #expect(result.output.bodyFont == "Serif")
  }

  @Test("a page that is a gap gets no part and harms no other")
  func gap() throws {
    let result = try mixed().run(gaps: [2])
    #expect(result.pages[2] == nil)
    #expect(result.output.pageCount == 3)
    #expect(result.texts(.pageHeader, page: 3) == ["Some Report 3"])
  }

  @Test("a word corrected on one page leaves the parts of all others as they were")
  func locality() throws {
    let before = try mixed().run()
    var document = DocumentBuilder()
    for page in 1...4 {
      if page > 1 { document.newPage() }
      document.block(["Some Report \(page)"], baseline: 40)
      document.block(
        [page == 2 ? "\(page). Herding of page \(page)" : "\(page). Heading of page \(page)"], baseline: 90, size: 14)
      document.prose(lines: 8, baseline: 120)
      document.table((0..<5).map { [("row \($0)", 60.0), ("\($0 * page)", 300.0)] }, baseline: 300)
      document.block(["• point", "• other point"], baseline: 420)
      document.image(BoundingBox(left: 100, top: 500, right: 300, bottom: 650))
      document.block(["Figure \(page): a picture"], baseline: 670, size: 9)
      document.block(["\(page)"], left: 300, baseline: 770)
    }
    let after = try document.run()
    for page in [1, 3, 4] { #expect(before.pages[page] == after.pages[page]) }
  }

  @Test("a document without text has no body and empty pages")
  func empty() throws {
    let result = try DocumentBuilder().run()
    #expect(result.output.bodySize == 0 && result.output.bodyFont == nil)
    #expect(result.pages[1]?.regions.isEmpty == true)
  }

  @Test("descriptors name the options, and the defaults agree")
  func options() { #expect(RegionsOptions.descriptors.map(\.name) == ["furniture"]) }
}
