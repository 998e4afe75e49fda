import CanonicalJSON
import Contracts
import DocumentModel
import StageKit
import TestSupport
import Testing

@testable import Layout

@Suite("Layout stage")
struct LayoutStageTests {
  /// A raster at 72 dpi on which rectangles are black.
  private func pgm(_ size: PageSize, black: [BoundingBox]) -> [UInt8] {
    let (width, height) = (Int(size.width), Int(size.height))
    var pixels = [UInt8](repeating: 255, count: width * height)
    for box in black {
      for y in Int(box.top)..<Int(box.bottom) { for x in Int(box.left)..<Int(box.right) { pixels[y * width + x] = 0 } }
    }
    return Array("P5\n# 72 dpi\n\(width) \(height)\n255\n".utf8) + pixels
  }

  private func run(_ page: WordPage, raster: [UInt8], images: [ImageArea] = [], size: PageSize? = nil)
    throws -> LayoutOutput
  {
    let artifacts = ArtifactsInMemory()
    let unit = UnitID(.layout, .page(1))
    let pixels = PageRaster(
      file: "0001.pgm", width: Int(page.size.width), height: Int(page.size.height), resolution: 72, native: false)
    let verdict = TextLayerVerdict(
      judgement: .trusted, characters: 100, mapped: .certain, plausible: .certain, imageCover: .none)
    try artifacts.put(
      RenderOutput(
        size: size ?? page.size, raster: pixels, preview: pixels, verdict: verdict, fonts: page.fonts,
        words: page.words,
        images: images, links: [], formFields: []), .page(1), files: ["0001.pgm": raster])
    try artifacts.put(page.output(), .page(1))
    return try LayoutStage().run(
      LayoutStage.Input(unit: unit, artifacts: artifacts), options: LayoutOptions(), context: RecordingContext(unit))
  }

  @Test("rules come from the raster in points, and words that left no ink are dropped")
  func rulesAndInk() throws {
    var page = WordPage(width: 400, height: 400)
    page.line("visible words", left: 50, baseline: 100)
    let hidden = page.line("hidden", left: 50, baseline: 300)
    let ink = page.words.dropLast().map { $0.box.insetBy(2) }
    let rule = BoundingBox(left: 40, top: 150, right: 360, bottom: 152)
    let layout = try run(page, raster: pgm(page.size, black: ink + [rule]))
    #expect(layout.rules.count == 1)
    let found = try #require(layout.rules.first)
    #expect(found.axis == .horizontal && abs(found.position - 151) <= 2 && abs(found.length - 320) <= 4)
    #expect(layout.dropped == [DroppedWord(word: hidden[0], reason: .invisible)])
    #expect(layout.lines.map(\.words) == [[0, 1]])
  }

  @Test("a page of white print on even dark ground has the rules that its negative has, and a dark picture none")
  func darkGround() throws {
    var page = WordPage(width: 400, height: 400)
    page.line("visible words", left: 50, baseline: 100)
    let rule = BoundingBox(left: 40, top: 150, right: 360, bottom: 152)
    let light = pgm(page.size, black: page.words.map { $0.box.insetBy(2) } + [rule])
    let head = light.count - 400 * 400
    let dark = light[..<head] + light[head...].map { 255 - $0 }
    let picture = light[..<head] + light[head...].enumerated().map { $1 == 0 ? 250 : UInt8($0 * 7 % 120) }
    let negative = try run(page, raster: light)
    let layout = try run(page, raster: Array(dark))
    #expect(layout.rules.count == 1 && layout.rules == negative.rules && layout.imageAreas == negative.imageAreas)
    #expect(layout.dropped.isEmpty)
    #expect(try !run(page, raster: Array(picture)).imageAreas.isEmpty)
  }

  @Test("a page full of words as large as itself is looked at in one breath", .timeLimit(.minutes(10)))
  func largeWords() throws {
    var page = WordPage(width: 800, height: 1000)
    for index in 0..<4_000 {
      page.add(
        Word(
          text: "w\(index)", box: BoundingBox(left: 10, top: 10, right: 700 + Double(index % 90), bottom: 900),
          source: .textLayer, size: 800))
    }
    let layout = try run(page, raster: pgm(page.size, black: []))
    #expect(layout.dropped.count == 4_000)
  }

  @Test("pages and words of absurd extent do no harm to what has pixels")
  func absurdExtent() throws {
    var page = WordPage(width: 400, height: 400)
    page.line("visible words", left: 50, baseline: 100)
    page.add(
      Word(
        text: "wide", box: BoundingBox(left: 0, top: -1e20, right: 1e20, bottom: 90), source: .textLayer, size: 1e30))
    let raster = pgm(page.size, black: [])
    for size in [PageSize(width: 1e30, height: 1e30), PageSize(width: 1e-9, height: 400), page.size] {
      let layout = try run(page, raster: raster, size: size)
      #expect(layout.lines.flatMap(\.words).count + layout.dropped.count == 3)
    }
  }

  @Test("a drawing is found by its ink, and an image by the renderer's word; a rule is neither")
  func pictures() throws {
    var page = WordPage(width: 400, height: 400)
    page.line("some text above the drawing", left: 50, baseline: 40)
    // A hollow zigzag of bars: no rule is so thick.
    let bars = (0..<10).map {
      BoundingBox(left: 100 + 15 * Double($0), top: 120, right: 108 + 15 * Double($0), bottom: 200)
    }
    let image = BoundingBox(left: 100, top: 260, right: 300, bottom: 380)
    let ink = page.words.map { $0.box.insetBy(2) }
    let layout = try run(
      page, raster: pgm(page.size, black: ink + bars), images: [ImageArea(box: image, number: 0)])
    #expect(layout.imageAreas.count == 2)
    #expect(
      layout.imageAreas.first.map { $0.contains(BoundingBox(left: 104, top: 124, right: 240, bottom: 196)) } == true)
    #expect(layout.imageAreas.last == image)
  }

  @Test("a raster that is cut short is a corrupt checkpoint, not a crash")
  func damaged() {
    var page = WordPage(width: 100, height: 100)
    page.line("word", left: 10, baseline: 50)
    #expect {
      try run(page, raster: Array("P5\n# 72 dpi\n100 100\n255\nabc".utf8))
    } throws: { ($0 as? StageFailure)?.code == .checkpointCorrupt }
  }

  @Test("descriptors name the options, and the defaults agree")
  func options() throws {
    #expect(LayoutOptions.descriptors.map(\.name) == ["columns"])
    #expect(LayoutOptions.descriptors[0].default == .string(LayoutOptions().columns.rawValue))
  }
}
