import Testing

@testable import Render

@Suite("Render: the content of a page that is one image")
struct LoneImageContentTests {
  private static func read(_ content: String) -> LoneImageContent? {
    LoneImageContent(Array(content.utf8), box: (left: 0, bottom: 0, right: 612, top: 792))
  }

  @Test(
    "is told by whatever scanners and their programs write around it",
    arguments: [
      "q 612 0 0 792 0 0 cm /I Do Q",
      "q\n0.24 0 0 0.24 0 0 cm\nq 2550 0 0 3300 0 0 cm\n/I Do Q\nQ",
      "/Artifact <</Type (a)>> BDC q 612 0 0 792 0 0 cm /I Do Q EMC % done",
      "0 0 612 792 re W n q 612 0 0 792 0 0 cm /I Do Q",
      "q 612 0 0 792 0 0 cm /I Do Q BT 3 Tr /F 10 Tf 1 0 0 1 72 700 Tm (hidden \\) \\( text) Tj [(a) -3 <62>] TJ ET",
    ])
  func isLone(content: String) throws {
    let found = try #require(Self.read(content))
    #expect(found.name == "I")
    #expect(abs(found.matrix.a - 612) < 0.001 && abs(found.matrix.d - 792) < 0.001)
    #expect(found.matrix.e == 0 && found.matrix.f == 0 && !found.setsColour)
  }

  @Test(
    "is not told where anything else may show",
    arguments: [
      "", "q 612 0 0 792 0 0 cm Q", "/I Do /J Do", "/I Do 0 0 10 10 re f", "/I Do BT /F 9 Tf (seen) Tj ET",
      "BT 3 Tr ET q BT 0 Tr (seen) Tj ET Q /I Do", "100 100 300 300 re W n /I Do", "/OC /Layer BDC /I Do EMC",
      "/GS gs /I Do", "/I Do /P sh", "/I Do BI /W 1 /H 1 ID x EI", "/I Do )", "/I Do (never ends", "/#49 Do",
      "1..2 w /I Do",
      "1 0 0 1 cm /I Do",
    ])
  func isNotLone(content: String) { #expect(Self.read(content) == nil) }

  @Test("tells that a colour was set, which a stencil would be painted with")
  func colour() throws {
    #expect(try #require(Self.read("1 0 0 rg /I Do")).setsColour)
  }
}
