import Contracts
import DocumentModel
import Leptonica
import StageKit
import TestSupport
import Testing

@testable import Figures

struct FiguresStageTests {
  private static func region(_ kind: RegionKind, _ left: Double, _ top: Double, _ right: Double, _ bottom: Double)
    -> Region
  {
    Region(
      kind: kind, box: BoundingBox(left: left, top: top, right: right, bottom: bottom), lines: [], confidence: .certain)
  }

  private static func box(_ left: Double, _ top: Double, _ right: Double, _ bottom: Double) -> BoundingBox {
    BoundingBox(left: left, top: top, right: right, bottom: bottom)
  }

  @Test("a photograph is kept at its own resolution as a JPEG and linked to the caption below it")
  func photograph() throws {
    var page = FigurePage()
    page.pdf.place(DrawnPDF.photograph(width: 320, height: 240), x: 100, y: 300, width: 160, height: 120)
    page.regions = [
      Self.region(.paragraph, 50, 100, 350, 160), Self.region(.caption, 100, 306, 260, 320),
      Self.region(.caption, 50, 500, 350, 520),
    ]
    let (figures, context) = try page.run()
    let figure = try #require(figures.first)
    #expect(figures.count == 1)
    #expect(figure.kind == .image)
    #expect(figure.file == "0001-figure-01.jpg")
    #expect(figure.mediaType == "image/jpeg")
    #expect(figure.pixels == PixelSize(width: 320, height: 240))
    #expect(figure.caption == 1)
    let image = try RasterImage.decode(context.bytes(of: "0001-figure-01.jpg"), pixelLimit: 100_000)
    #expect(image.width == 320 && image.height == 240)
  }

  @Test("a heading typed over a picture stays text, a label that no region claims is the picture's")
  func overprinted() throws {
    var page = FigurePage()
    page.pdf.place(DrawnPDF.photograph(width: 320, height: 240), x: 100, y: 300, width: 160, height: 120)
    page.words = [("POWER", Self.box(120, 200, 200, 220)), ("a", Self.box(150, 225, 156, 235))].map {
      Word(text: $0.0, box: $0.1, source: .textLayer, size: 12)
    }
    page.lines = page.words.indices.map {
      Line(words: [$0], box: page.words[$0].box, baseline: page.words[$0].box.bottom, size: 12)
    }
    page.regions = [
      Region(kind: .heading, box: page.words[0].box, lines: [0], confidence: .certain)
    ]
    let (figures, _) = try page.run()
    #expect(figures.map(\.lines) == [[1]])
  }

  @Test("an image turned or mirrored on the page is kept as the page shows it")
  func turned() throws {
    // Half a turn: the black quarter moves from the upper left to the lower right.
    var page = FigurePage()
    page.pdf.content = "q -200 0 0 -100 300 400 cm /I0 Do Q\n"
    page.pdf.pictures = [DrawnPDF.signet(width: 300, height: 150)]
    let (figures, context) = try page.run()
    let figure = try #require(figures.first)
    #expect(figure.pixels == PixelSize(width: 300, height: 150))
    let image = try RasterImage.decode(context.bytes(of: try #require(figure.file)), pixelLimit: 100_000).grey()
    #expect(try image.meanDarkness(in: PixelRect(left: 155, top: 80, width: 140, height: 65)) > 0.9)
    #expect(try image.meanDarkness(in: PixelRect(left: 5, top: 5, width: 290, height: 65)) < 0.1)
  }

  @Test("an image that the page clips is cut from the page")
  func clipped() throws {
    var page = FigurePage()
    page.pdf.content = "q 100 300 60 60 re W n 200 0 0 200 100 200 cm /I0 Do Q\n"
    page.pdf.pictures = [DrawnPDF.signet(width: 150, height: 150)]
    let (figures, context) = try page.run()
    let figure = try #require(figures.first)
    #expect(figure.pixels != PixelSize(width: 150, height: 150))
    let image = try RasterImage.decode(context.bytes(of: try #require(figure.file)), pixelLimit: 10_000_000).grey()
    let darkness = try image.meanDarkness()
    #expect(darkness > 0.05 && darkness < 0.2, "a clipped corner of the black quarter, not all of it")
  }

  @Test("a JPEG that is shown as it is stored is kept so, without what it says of itself")
  func storedJPEG() throws {
    var page = FigurePage()
    let picture = try DrawnPDF.jpeg(width: 320, height: 240)
    page.pdf.place(picture, x: 100, y: 300, width: 160, height: 120)
    let (figures, context) = try page.run()
    #expect(figures.map(\.file) == ["0001-figure-01.jpg"])
    #expect(figures.map(\.pixels) == [PixelSize(width: 320, height: 240)])
    let stored = try #require(picture.jpeg), kept = try context.bytes(of: "0001-figure-01.jpg")
    let claims = 2..<(stored.count - kept.count + 2)
    #expect(stored.count - kept.count == 4 + 6 + 26 + 4 + 13, "the two claims, and nothing else")
    #expect(kept == Array(stored[..<2]) + stored[claims.upperBound...])
    // Whoever obeyed the orientation would turn it.
    let image = try RasterImage.decode(kept, pixelLimit: 100_000)
    #expect(image.width == 320 && image.height == 240)
  }

  @Test(
    "a JPEG that the page turns, mirrors or clips is encoded as it is shown",
    arguments: [
      ("-160 0 0 -120 260 420", 320, 240), ("-160 0 0 120 260 300", 320, 240), ("0 160 -120 0 220 300", 240, 320),
    ])
  func turnedJPEG(matrix: String, width: Int, height: Int) throws {
    var page = FigurePage()
    let picture = try DrawnPDF.jpeg(width: 320, height: 240)
    page.pdf.content = "q \(matrix) cm /I0 Do Q\n"
    page.pdf.pictures = [picture]
    let (figures, context) = try page.run()
    #expect(figures.map(\.pixels) == [PixelSize(width: width, height: height)])
    let kept = try RasterImage.decode(
      context.bytes(of: try #require(figures.first?.file)), pixelLimit: 100_000)
    let shown = try PictureLook(page.drawn(figures[0].box))
    #expect(try PictureLook(kept).difference(from: shown, turned: .none, mirrored: false) < 0.03)
  }

  @Test("a clipped JPEG is cut from the page")
  func clippedJPEG() throws {
    var page = FigurePage()
    page.pdf.content = "q 100 300 40 40 re W n 160 0 0 120 100 300 cm /I0 Do Q\n"
    page.pdf.pictures = [try DrawnPDF.jpeg(width: 320, height: 240)]
    let (figures, _) = try page.run()
    #expect(figures.first?.pixels != PixelSize(width: 320, height: 240))
  }

  @Test("of JPEG files that look alike, each picture is its own")
  func alikeJPEGs() throws {
    var page = FigurePage()
    page.pdf.place(try DrawnPDF.jpeg(width: 320, height: 240), x: 100, y: 400, width: 160, height: 120)
    page.pdf.place(try DrawnPDF.jpeg(width: 160, height: 120, tint: 40), x: 100, y: 200, width: 160, height: 120)
    let (figures, _) = try page.run()
    #expect(figures.map(\.pixels) == [PixelSize(width: 320, height: 240), PixelSize(width: 160, height: 120)])
  }

  @Test("a JPEG that breaks off is shown as far as it goes, by a file that does not")
  func brokenJPEG() throws {
    var page = FigurePage()
    var picture = try DrawnPDF.jpeg(width: 320, height: 240)
    picture.jpeg = picture.jpeg?.dropLast(600)
    page.pdf.place(picture, x: 100, y: 300, width: 160, height: 120)
    let (figures, context) = try page.run()
    let kept = try context.bytes(of: try #require(figures.first?.file))
    #expect(kept.suffix(2) == [0xFF, 0xD9] && kept.count != picture.jpeg?.count)
    _ = try RasterImage.decode(kept, pixelLimit: 1_000_000)
  }

  @Test("two shades become a PNG, and the same page the same bytes")
  func lineArt() throws {
    var page = FigurePage()
    page.pdf.place(DrawnPDF.signet(width: 64, height: 64), x: 100, y: 250, width: 120, height: 120)
    let (first, one) = try page.run()
    let (second, two) = try page.run()
    #expect(first == second)
    #expect(first.map(\.mediaType) == ["image/png"])
    let name = try #require(first[0].file)
    #expect(try one.bytes(of: name) == two.bytes(of: name))
  }

  @Test("a picture cut from an image is scaled to what a picture may have", arguments: [2_500, 10_000])
  func limitedCrop(limit: Int) throws {
    let image = try RasterImage(width: 200, height: 100, depth: 8)
    let pictures = ImagePictures(image: image, page: PageSize(width: 100, height: 50), pixelLimit: limit)
    let part = try pictures.crop(BoundingBox(left: 0, top: 0, right: 50, bottom: 50), resolution: 200)
    #expect(part.width * part.height <= limit)
    #expect(limit == 10_000 ? part.width == 100 : part.width >= 48)
  }

  @Test("strips of one picture become one crop at their resolution")
  func strips() throws {
    var page = FigurePage()
    for strip in 0..<4 {
      page.pdf.place(
        DrawnPDF.photograph(width: 200, height: 30), x: 100, y: 390 - 30 * Double(strip), width: 200, height: 30)
    }
    let (figures, _) = try page.run()
    #expect(figures.count == 1)
    #expect(figures.map(\.kind) == [.image])
    let box = try #require(figures.first?.box)
    #expect(abs(box.width - 200) < 3 && abs(box.height - 120) < 3)
  }

  @Test(
    "images laid upon each other in one figure are one drawing, images beside each other are pictures",
    arguments: [true, false])
  func composed(overlap: Bool) throws {
    var page = FigurePage()
    // A diagram of five boxes, each drawn as an image, with its words beside them.
    for part in 0..<5 {
      let step = overlap ? 44.0 : 56.0
      page.pdf.place(
        DrawnPDF.photograph(width: 50, height: 50), x: 60 + step * Double(part),
        y: overlap ? 350 - 20 * Double(part) : 300, width: 50, height: 50)
    }
    page.regions = [
      overlap ? Self.region(.figure, 50, 150, 350, 360) : Self.region(.figure, 60, 250, 334, 300),
      Self.region(.caption, 60, 370, 300, 382),
    ]
    let (figures, _) = try page.run()
    #expect(figures.map(\.kind) == (overlap ? [.drawing] : [Figure.Kind](repeating: .image, count: 5)))
    guard overlap else { return }
    let figure = try #require(figures.first)
    #expect(figure.box.top <= 200 && figure.box.bottom >= 330 && figure.caption == 1)
  }

  @Test("a small image in the head is a logo, a bullet is decoration without a file")
  func kinds() throws {
    var page = FigurePage()
    page.pdf.place(DrawnPDF.signet(width: 40, height: 40), x: 30, y: 540, width: 40, height: 40)
    page.pdf.place(DrawnPDF.signet(width: 40, height: 40), x: 50, y: 300, width: 8, height: 8)
    let (figures, context) = try page.run()
    #expect(figures.map(\.kind) == [.logo, .decoration])
    #expect(figures[1].file == nil)
    #expect(context.fileNames == ["0001-figure-01.png"])
  }

  @Test("the image of a scan is the page, the ground of a typed page decoration", arguments: [true, false])
  func wholePage(isScan: Bool) throws {
    var page = FigurePage()
    page.pdf.place(DrawnPDF.photograph(width: 200, height: 300), x: 0, y: 0, width: 400, height: 600)
    page.judgement = isScan ? .absent : .trusted
    page.lines = (0..<8).map {
      let top = 50 + 20 * Double($0)
      return Line(
        words: [$0], box: BoundingBox(left: 40, top: top, right: 300, bottom: top + 10), baseline: top + 8, size: 10)
    }
    let (figures, _) = try page.run()
    #expect(figures.map(\.kind) == (isScan ? [] : [.decoration]))
  }

  @Test("a drawing is a crop with its axes and labels, without the table beside it")
  func drawing() throws {
    var page = FigurePage()
    page.pdf.content = "2 w 100 300 m 150 380 l 200 320 l 250 400 l S 0.5 w 90 290 m 90 410 l S 90 290 m 260 290 l S\n"
    page.imageAreas = [
      BoundingBox(left: 98, top: 198, right: 252, bottom: 302),
      BoundingBox(left: 50, top: 450, right: 350, bottom: 550),
    ]
    page.rules = [
      RulingLine(axis: .vertical, position: 90, start: 190, end: 310, thickness: 0.5),
      RulingLine(axis: .horizontal, position: 310, start: 90, end: 260, thickness: 0.5),
    ]
    page.regions = [Self.region(.table, 48, 448, 352, 552), Self.region(.caption, 90, 320, 250, 332)]
    page.lines = [
      Line(words: [0], box: BoundingBox(left: 120, top: 210, right: 150, bottom: 220), baseline: 218, size: 8)
    ]
    let (figures, _) = try page.run()
    let figure = try #require(figures.first)
    #expect(figures.count == 1)
    #expect(figure.kind == .drawing)
    #expect(figure.box.left <= 90 && figure.box.bottom >= 310)
    #expect(figure.lines == [0])
    #expect(figure.caption == 1)
    #expect(figure.mediaType == "image/png")
  }

  @Test("a panel that only text is printed on is no picture, and its text stays with the regions")
  func panel() throws {
    var page = FigurePage()
    page.pdf.content = "0.2 0.3 0.6 rg 100 200 200 100 re f\n"
    page.imageAreas = [BoundingBox(left: 100, top: 300, right: 300, bottom: 400)]
    page.lines = [
      Line(words: [0], box: BoundingBox(left: 120, top: 310, right: 280, bottom: 324), baseline: 322, size: 12)
    ]
    page.regions = [Region(kind: .heading, box: page.lines[0].box, lines: [0], confidence: .certain)]
    let (figures, _) = try page.run()
    #expect(figures.map(\.kind) == [.decoration])
    #expect(figures.flatMap(\.lines).isEmpty)
  }

  @Test("a small drawing is an ornament unless a caption or a label speaks for it", arguments: [true, false])
  func ornament(hasLabel: Bool) throws {
    var page = FigurePage()
    page.pdf.content = "2 w 100 300 m 130 330 l 160 300 l S\n"
    page.imageAreas = [BoundingBox(left: 98, top: 268, right: 162, bottom: 302)]
    if hasLabel {
      page.lines = [
        Line(words: [0], box: BoundingBox(left: 120, top: 290, right: 140, bottom: 298), baseline: 296, size: 8)
      ]
    }
    let (figures, _) = try page.run()
    #expect(figures.map(\.kind) == [hasLabel ? .drawing : .decoration])
  }

  @Test("a table's caption is no figure's, and a caption belongs to the nearest of two figures")
  func captions() throws {
    var page = FigurePage()
    page.pdf.place(DrawnPDF.signet(width: 64, height: 64), x: 100, y: 400, width: 100, height: 100)
    page.pdf.place(DrawnPDF.signet(width: 64, height: 64), x: 100, y: 200, width: 100, height: 100)
    page.regions = [Self.region(.caption, 100, 204, 200, 216), Self.region(.caption, 100, 404, 200, 416)]
    page.words = [
      Word(text: "Table", box: BoundingBox(left: 100, top: 405, right: 130, bottom: 415), source: .textLayer, size: 10)
    ]
    let (figures, _) = try page.run()
    #expect(figures.map(\.caption) == [0, nil])
  }

  @Test("without extraction pictures are told and no file is made")
  func extractionOff() throws {
    var page = FigurePage()
    page.pdf.place(DrawnPDF.signet(width: 64, height: 64), x: 100, y: 250, width: 120, height: 120)
    var options = FiguresOptions()
    options.extract = false
    let (figures, context) = try page.run(options)
    #expect(figures.map(\.kind) == [.image])
    #expect(figures[0].file == nil && context.fileNames.isEmpty)
  }

  @Test("a page of a thousand scraps keeps no more than the limit")
  func manyImages() throws {
    var page = FigurePage()
    page.pdf.pictures = [DrawnPDF.signet(width: 8, height: 8)]
    for index in 0..<1_000 {
      page.pdf.content += "q 6 0 0 6 \(10 * (index % 38)) \(20 * (index / 38)) cm /I0 Do Q\n"
    }
    let (figures, context) = try page.run()
    #expect(figures.count <= FigureFinder.limit)
    #expect(figures.allSatisfy { $0.kind == .decoration } && context.fileNames.isEmpty)
  }
}
