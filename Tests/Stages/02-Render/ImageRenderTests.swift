import Contracts
import DocumentModel
import Leptonica
import StageKit
import TestSupport
import Testing

@testable import Render

@Suite("Render: images")
struct ImageRenderTests {
  @Test("an image's own pixels are the raster; nothing is read of it")
  func native() throws {
    let bytes = try RasterImage(width: 850, height: 1_100, depth: 8, resolution: 100).png()
    let run = try RenderRun(bytes, pixels: PixelSize(width: 850, height: 1_100))
    let output = run.output
    #expect(output.raster.native)
    #expect(output.raster.resolution == 100)
    #expect((output.raster.width, output.raster.height) == (850, 1_100))
    #expect(output.verdict.judgement == .absent)
    #expect(output.images.map(\.box) == [output.size.bounds])
  }

  @Test("what is finer than recognition gains by is reduced by a whole number")
  func reduced() throws {
    let bytes = try RasterImage(width: 2_400, height: 3_000, depth: 8, resolution: 600).png()
    let size = PageSize(width: 288, height: 360)
    let output = try RenderRun(bytes, size: size, pixels: PixelSize(width: 2_400, height: 3_000)).output
    #expect((output.raster.width, output.raster.height) == (1_200, 1_500))
    #expect(output.raster.resolution == 300)
    #expect(!output.raster.native)
  }

  @Test("pixels that are not square are made square by the finer side")
  func fax() throws {
    let bytes = try RasterImage(width: 1_700, height: 1_078, depth: 8).png()
    let output = try RenderRun(bytes, pixels: PixelSize(width: 1_700, height: 1_078)).output
    #expect((output.raster.width, output.raster.height) == (1_700, 2_200))
  }

  @Test("a broken image is a damaged page")
  func damaged() throws {
    let bytes = try Array(RasterImage(width: 100, height: 100, depth: 8).png()[..<60])
    #expect {
      try RenderRun(bytes, pixels: PixelSize(width: 100, height: 100))
    } throws: { ($0 as? StageFailure)?.code == .damaged }
  }
}
