import Contracts
import DocumentModel
import Leptonica
import StageKit
import TestSupport
import Testing

@testable import Ingest

@Suite("Ingest: images")
struct ImageIngestTests {
  private func image(_ width: Int, _ height: Int, resolution: Int = 0) throws -> RasterImage {
    try RasterImage(width: width, height: height, depth: 8, resolution: resolution)
  }

  @Test("the type is told by content and the page by the resolution in the file")
  func resolution() throws {
    let picture = try image(850, 1_100, resolution: 100)
    for (bytes, type) in [
      (try picture.png(), DocumentType.png), (try picture.jpeg(quality: 80), .jpeg), (try picture.tiff(), .tiff),
    ] {
      let run = try IngestRun(bytes)
      #expect(run.output.type == type)
      let page = try #require(try run.page(1))
      #expect(abs(page.size.width - 612) < 0.2 && abs(page.size.height - 792) < 0.2, "\(type)")
      #expect(page.pixels == PixelSize(width: 850, height: 1_100))
    }
  }

  @Test(
    "an image whose resolution makes no sheet of paper is taken for one",
    arguments: [(2_480, 3_508, 0, 300.0), (2_480, 3_508, 72, 300), (800, 1_000, 0, 96), (1_240, 1_754, 0, 150)])
  func estimate(width: Int, height: Int, told: Int, expected: Double) throws {
    let page = try #require(try IngestRun(image(width, height, resolution: told).png()).page(1))
    #expect(abs(page.size.width - Double(width) * 72 / expected) < 0.02)
  }

  @Test("a WebP image is a page too")
  func webp() throws {
    let run = try IngestRun(image(300, 400).webp())
    #expect(run.output.type == .webp)
    #expect(try run.page(1)?.pixels == PixelSize(width: 300, height: 400))
  }

  @Test("each frame of a TIFF is a page of its own size")
  func frames() throws {
    let bytes = try RasterImage.tiff(pages: [image(850, 1_100, resolution: 100), image(400, 200, resolution: 50)])
    let run = try IngestRun(bytes)
    #expect(run.output.pageCount == 2)
    #expect(try run.page(1)?.size == PageSize(width: 612, height: 792))
    #expect(try run.page(2)?.size == PageSize(width: 576, height: 288))
  }

  @Test("the turn that a camera noted exchanges the sides")
  func orientation() throws {
    // An EXIF block with orientation 6 (turn right) after the start of image.
    let exif: [UInt8] =
      [0xFF, 0xE1, 0, 34] + Array("Exif\0\0MM\0*".utf8) + [0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0]
      + [0, 0, 0, 0]
    let plain = try image(600, 400).jpeg(quality: 80)
    let page = try #require(try IngestRun(Array(plain[..<2]) + exif + plain[2...]).page(1))
    #expect(page.pixels == PixelSize(width: 400, height: 600))
    #expect(page.size.height > page.size.width)
    #expect(page.rotation == .right)
  }

  @Test("an image too large is refused before it is decoded; among frames it is a gap")
  func pixelLimit() throws {
    var options = IngestOptions()
    options.maxMegapixels = 1
    let large = try image(1_200, 1_000)
    #expect(IngestRun.failure(of: try large.png(), options: options)?.code == .imageTooLarge)
    let run = try IngestRun(RasterImage.tiff(pages: [image(100, 100), large]), options: options)
    #expect(run.context.gaps == [2: .imageTooLarge])
  }

  @Test("a broken image is damaged, not crashed on")
  func damaged() throws {
    let bytes = try image(100, 100).png()
    #expect(IngestRun.failure(of: Array(bytes[..<20]))?.code == .damaged)
    #expect(IngestRun.failure(of: [0x49, 0x49, 0x2A, 0, 0xFF, 0xFF, 0xFF, 0xFF])?.code == .damaged)
  }
}
