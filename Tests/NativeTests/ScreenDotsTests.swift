import Poppler
import Testing

@testable import Leptonica

@Suite("Leptonica: the dots of tints")
struct ScreenDotsTests {
  private func dot(_ x: Int, _ y: Int, side: Int = 3) -> PixelRect {
    PixelRect(left: x, top: y, width: side, height: side)
  }

  @Test("the dots of a lattice are found with their distance, whichever way it stands")
  func lattices() {
    let upright = (0..<400).map { dot($0 % 20 * 6, $0 / 20 * 6) }
    let staggered = (0..<400).map { dot($0 % 20 * 8 + $0 / 20 % 2 * 4, $0 / 20 * 4) }
    for (dots, pitch) in [(upright, 6.0), (staggered, 32.0.squareRoot())] {
      let found = ScreenDots.find(in: dots)
      // Those of the border have fewer neighbours.
      #expect(found.count >= 18 * 18)
      #expect(found.allSatisfy { abs($0.pitch - pitch) < 0.01 })
    }
  }

  @Test("dots of leaders, letters in rows, full stops and specks are none")
  func others() {
    let leaders = (0..<400).map { dot($0 % 40 * 9, $0 / 40 * 40) }
    let letters = (0..<400).map { dot($0 % 40 * 6, $0 / 40 * 11, side: 5) }
    let stops = (0..<50).map { dot($0 * 37 % 500, $0 * 91 % 700) }
    var seed: UInt32 = 7
    let specks = (0..<2_000).map { _ in
      let place = (0..<2).map { _ in
        seed = seed &* 1_664_525 &+ 1_013_904_223
        return Int(seed >> 16) % 600
      }
      return dot(place[0], place[1], side: 1)
    }
    #expect(ScreenDots.find(in: leaders).isEmpty)
    #expect(ScreenDots.find(in: letters).isEmpty)
    #expect(ScreenDots.find(in: stops).isEmpty)
    #expect(ScreenDots.find(in: specks).count < specks.count / 3)
    #expect(ScreenDots.find(in: []).isEmpty)
  }

  @Test("a page of prose has no tint, and one whose margin is tinted keeps its print as it is")
  func pages() throws {
    let page = try LeptonicaImageTests.prose().grey()
    let plain = try page.thresholded(at: 128)
    #expect(try page.descreened(parts: plain.componentBoxes(), binary: plain) == nil)

    let tinted = try page.whitened([])
    try tinted.withWords { words in
      for y in 20..<70 {
        for x in 20..<800 where x % 5 < 2 && y % 5 < 2 {
          words[y * tinted.wordsPerRow + x / 4] &= ~(0xFF << UInt32(24 - 8 * (x % 4)))
        }
      }
    }
    let ink = try tinted.thresholded(at: 128)
    let clean = try #require(try tinted.descreened(parts: ink.componentBoxes(), binary: ink))
    let margin = PixelRect(left: 0, top: 0, width: page.width, height: 90)
    #expect(try clean.cropped(to: margin).inkShare() == 0)
    #expect(try clean.whitened([margin]).greyPixels() == page.whitened([margin]).greyPixels())
  }

  @Test("letters of a few pixels are no tint, though some of them lie as on a lattice")
  func lowLetters() throws {
    // A page of columns of numbers at 40 dpi.
    let pdf = CairoPDF()
    for line in 0..<70 {
      for column in 0..<9 {
        pdf.text(
          "\(line * 7_919 % 9_973 + column * 1_013)", x: 40 + 58 * Double(column), y: 40 + 11 * Double(line), size: 10)
      }
    }
    let raster = try PopplerDocumentMaker.page(pdf).render(resolution: 40)
    let page = try RasterImage.taking(raster, resolution: 40)
    let ink = try page.thresholded(at: 160)
    let parts = try ink.componentBoxes()
    #expect(ScreenDots.find(in: parts).count >= 60)
    #expect(try page.descreened(parts: parts, binary: ink) == nil)
  }

  @Test("a page of single pixels in turn black and white is left as it is, and its million dots are not listed")
  func finest() throws {
    let page = try RasterImage(width: 1_500, height: 1_500, depth: 8)
    try page.withWords { words in
      for y in 0..<page.height {
        for word in 0..<page.wordsPerRow { words[y * page.wordsPerRow + word] = y % 2 == 0 ? 0xFF00_FF00 : 0x00FF_00FF }
      }
    }
    let ink = try page.thresholded(at: 128)
    #expect(try page.descreened(parts: ink.componentBoxes(), binary: ink) == nil)
  }
}
