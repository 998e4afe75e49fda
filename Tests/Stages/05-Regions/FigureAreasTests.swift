import Contracts
import DocumentModel
import Testing

@testable import Regions

@Suite("Figures, drawings and panels")
struct FigureAreasTests {
  @Test("labels within a caption begin no paragraphs")
  func labelsInCaption() throws {
    var document = DocumentBuilder()
    document.prose(lines: 12, baseline: 80)
    document.block(
      [
        "Fig. 3: What came of it over the years and the whole of the old",
        "land, as it is told by those who lived there in all of the years.",
        "Top: Red dots tell of places where the water rose in winter and",
        "fell in summer, as ever. Each of them is the mean of ten years.",
        "Bottom: Blue dots tell of other places where nothing rose and so", "nothing fell.",
      ], baseline: 300)
    let result = try document.run()
    #expect(result.texts(.caption).map { $0.hasSuffix("nothing fell.") } == [true], "\(result.regions().dropFirst())")
  }

  @Test("a chart of thin lines above its caption is a figure with the labels around it, not a table")
  func captionedChart() throws {
    var document = DocumentBuilder()
    document.prose(lines: 6, baseline: 80)
    for x in stride(from: 160.0, through: 400, by: 60) { document.rule(.vertical, at: x, from: 200, to: 320) }
    for y in stride(from: 200.0, through: 320, by: 40) { document.rule(.horizontal, at: y, from: 160, to: 400) }
    document.block(["10"], left: 146, baseline: 204, size: 7)
    document.block(["0"], left: 150, baseline: 322, size: 7)
    document.block(["relative error of each degree"], left: 210, baseline: 334, size: 7)
    document.block(["Fig. 3: How the error falls while the degree of the polynomial is raised."], baseline: 360)
    document.prose(lines: 4, baseline: 400)
    let result = try document.run()
    #expect(result.kinds() == [.paragraph, .figure, .caption, .paragraph])
    #expect(result.texts(.figure) == ["10 0 relative error of each degree"])
  }

  @Test("a table with rules above a figure's caption keeps its cells")
  func tableAboveFigureCaption() throws {
    var document = DocumentBuilder()
    let cells = ["Name of the sample", "Measured length", "Remarks by hand"]
    document.table(
      (0..<6).map { _ in zip(cells, [70.0, 230, 390]).map { ($0, $1) } }, baseline: 200, leading: 16)
    for x in [66.0, 226, 386, 536] { document.rule(.vertical, at: x, from: 188, to: 286) }
    for row in 0...6 { document.rule(.horizontal, at: 188 + 16 * Double(row), from: 66, to: 536) }
    document.block(["Figure 3: The samples."], baseline: 306)
    #expect(try document.run().kinds() == [.table, .caption])
  }

  @Test("a picture is a figure; labels inside belong to it; a page-wide background does not count")
  func figures() throws {
    var document = DocumentBuilder()
    document.prose(lines: 10, baseline: 80)
    document.image(BoundingBox(left: 0, top: 0, right: 600, bottom: 800))
    document.image(BoundingBox(left: 100, top: 300, right: 500, bottom: 600))
    document.block(["axis"], left: 280, baseline: 590, size: 7)
    document.block(["Figure 1: Lines."], left: 100, baseline: 620, size: 9)
    let result = try document.run()
    #expect(result.kinds() == [.paragraph, .figure, .caption])
    #expect(result.texts(.figure) == ["axis"])
  }

  @Test("a drawing in a frame below its caption is a figure, whatever its labels look like")
  func framedDrawing() throws {
    var document = DocumentBuilder()
    document.prose(lines: 6, baseline: 80)
    document.block(["Figure 4. Items and what they are part of."], baseline: 190)
    for y in [200.0, 360] { document.rule(.horizontal, at: y, from: 60, to: 460) }
    for x in [60.0, 460] { document.rule(.vertical, at: x, from: 200, to: 360) }
    for row in 0..<5 { document.block(["Item \(row + 1)"], left: 80, baseline: 220 + 28 * Double(row), face: .bold) }
    document.image(BoundingBox(left: 300, top: 240, right: 380, bottom: 280))
    document.block(["Domain"], left: 320, baseline: 262, face: .bold)
    document.prose(lines: 6, baseline: 400)
    #expect(try document.run().kinds() == [.paragraph, .caption, .figure, .paragraph])
  }

  @Test("what is printed on a panel, a bar or a photograph stays text")
  func panels() throws {
    var document = DocumentBuilder()
    document.prose(lines: 10, baseline: 80)
    document.image(BoundingBox(left: 40, top: 230, right: 560, bottom: 270))
    document.block(["What does it cost?"], baseline: 254, size: 14, face: .bold)
    document.image(BoundingBox(left: 40, top: 300, right: 560, bottom: 520))
    let lines = [
      "Ask us for a longer offer", "or write to the office in town", "We answer every letter we get",
      "and call back by noon",
      "Our prices hold for a year", "whatever the markets may do",
    ]
    document.block(lines, left: 60, baseline: 330, leading: 30)
    document.image(BoundingBox(left: 40, top: 540, right: 560, bottom: 760))
    document.block(["How an old city found its river again"], left: 60, baseline: 740, size: 18)
    let result = try document.run()
    let told = result.regions().filter { $0.kind != .figure }.map(\.text).joined(separator: " ")
    for line in lines + ["What does it cost?", "How an old city found its river again"] { #expect(told.contains(line)) }
    // The photograph is one all the same.
    #expect(result.kinds().count { $0 == .figure } == 1)
  }

  @Test("a panel along a side of the page that runs off it is no picture, however short its lines")
  func bledPanel() throws {
    for isBled in [true, false] {
      var document = DocumentBuilder()
      document.prose(lines: 8, baseline: 80, left: 220)
      let left = isBled ? 0.0 : 10
      document.image(BoundingBox(left: left, top: isBled ? 0 : 10, right: left + 180, bottom: 720))
      for (row, text) in ["Contact", "marta@example.org", "Vasagatan 12", "Swedish, English", "German"].enumerated() {
        document.block([text], left: left + 20, baseline: 80 + 60 * Double(row))
      }
      #expect(try document.run().kinds().contains(.figure) != isBled)
    }
  }

  @Test("a coloured page with hardly a line is no picture")
  func ground() throws {
    var document = DocumentBuilder()
    document.image(BoundingBox(left: 0, top: 0, right: 600, bottom: 800))
    document.block(["Results of the harvest"], baseline: 300, size: 32, face: .bold)
    document.newPage()
    document.prose(lines: 20, baseline: 100)
    #expect(try document.run().kinds(1).allSatisfy { $0 != .figure })
  }

  @Test("captions among thousands of rules of one length take no longer than a page may", .timeLimit(.minutes(10)))
  func hatching() throws {
    var document = DocumentBuilder()
    for row in 0..<60 { document.block(["Figure \(row + 1): A line."], baseline: 60 + 12 * Double(row)) }
    for line in 0..<3_000 { document.rule(.horizontal, at: 50 + 0.25 * Double(line), from: 40, to: 560) }
    for line in 0..<1_000 { document.rule(.vertical, at: 40 + 0.5 * Double(line), from: 50, to: 60) }
    let told = try document.run().regions().map(\.text).joined(separator: " ")
    for row in 0..<60 { #expect(told.contains("Figure \(row + 1): A line.")) }
  }
}
