import CLeptonica
import Contracts
import DocumentModel
import Leptonica
import Tesseract
import TestSupport
import StageKit
import Testing

@testable import OCR

@Suite("OCR: print that the engine does not know")
struct UnusualPrintTests {
  /// A page of prose with words in small capitals behind its lines.
  private func page(_ names: [String], ratio: Double) throws -> PrintedPage {
    let page = try PrintedPage(Array(PrintedPage.prose.prefix(names.count)))
    for (row, name) in names.enumerated() {
      let baseline = 120 + 70 * row
      let first = try PrintedPage([String(name.prefix(1))], width: 400, height: 200).image
      let rest = try PrintedPage([String(name.dropFirst())], width: 800, height: 200).image
      let ink = try #require(first.thresholded(at: 128).componentBoxes().first)
      let capital = try first.cropped(to: PixelRect(left: 100, top: 80, width: ink.width + 4, height: 60))
      let small = try rest.cropped(to: PixelRect(left: 100, top: 80, width: 700, height: 60)).scaled(by: ratio)
      draw(capital, on: page.image, left: 1_200, top: baseline - 40)
      draw(small, on: page.image, left: 1_200 + ink.width + 4, top: baseline - Int((40 * ratio).rounded()))
    }
    return page
  }

  private func draw(_ image: RasterImage, on page: RasterImage, left: Int, top: Int) {
    page.withPix { page in
      image.withPix { image in
        _ = pixRasterop(
          .init(page), Int32(left), Int32(top), Int32(pixGetWidth(.init(image))), Int32(pixGetHeight(.init(image))),
          Int32(PIX_SRC), .init(image), 0, 0)
      }
    }
  }

  private static let names = ["RICHARD", "ANDREW", "BENJAMIN", "LEOPARD", "HENRIETTA"]

  @Test("words in small capitals are told with a capital and small letters", arguments: [0.72, 0.78, 0.84])
  func smallCapitals(ratio: Double) throws {
    let words = try page(Self.names, ratio: ratio).run().words.map(\.text)
    let right = Self.names.count { words.contains($0.prefix(1) + $0.dropFirst().lowercased()) }
    #expect(right >= 4, "\(words)")
  }

  @Test("words in capitals of one height, and words with a capital, stay as they are")
  func otherCapitals() throws {
    let lines = ["RICHARD and Richard", "ANDREW and Now and NOW", "Some LEOPARD or Leopard", "Henrietta HENRIETTA Non"]
    let words = try PrintedPage(lines).run().words.map(\.text)
    #expect(words == lines.joined(separator: " ").split(separator: " ").map(String.init))
  }

  @Test("a line that stands sideways is read whichever way up it is", arguments: [QuarterTurn.right, .left])
  func sideways(turn: QuarterTurn) throws {
    let page = try PrintedPage(width: 1_700, height: 1_100)
    let line = try PrintedPage(["82491256 and 93067485"], width: 700, height: 200).image
      .cropped(to: PixelRect(left: 90, top: 80, width: 520, height: 60)).turned(turn)
    draw(line, on: page.image, left: 1_560, top: 300)
    let words = try page.run().words
    let aside = words.filter { $0.turn == turn }
    #expect(aside.map(\.text) == ["82491256", "and", "93067485"], "\(words.filter { $0.turn != .none })")
    for word in aside {
      #expect(word.box.left > 1_550 * 0.36 && word.box.right < 1_630 * 0.36)
      #expect(word.box.top > 295 * 0.36 && word.box.bottom < 830 * 0.36 && word.box.height > word.box.width)
    }
  }

  @Test("a page of snow is looked at once and yields nothing, and the next page is read as ever")
  func snow() throws {
    let blank = try PrintedPage([], width: 1_000, height: 800)
    // Marks as high as the least that could be letters, each among three specks.
    blank.image.withPix { page in
      for row in stride(from: Int32(20), to: 780, by: 16) {
        for column in stride(from: Int32(20), to: 980, by: 16) {
          for pixel in Int32(0)..<5 {
            pixSetPixel(.init(page), column + pixel % 3, row + pixel, 0)
            pixSetPixel(.init(page), column + 1, row + pixel, 0)
          }
          for speck in Int32(1)...3 { pixSetPixel(.init(page), column + 4 * speck, row + 2 * speck, 0) }
        }
      }
    }
    let context = try RecordingContext(UnitID(.ocr, .page(1)))
    let output = try blank.run(in: context)
    #expect(output.passes == 1)
    #expect(output.words.isEmpty)
    // The same engine still parts columns as ever afterwards.
    let print = try PrintedPage()
    #expect(try print.run(in: context).words == PrintedPage().run().words)
  }

  /// Type in white on a bar of some grey.
  private func bar(_ text: String, ground: UInt8, width: Int) throws -> RasterImage {
    let line = try PrintedPage([text], width: width, height: 170).image
    // Levels spread from below black leave the ground as light as is asked.
    let black = Int32(-255 * Int(ground) / (255 - Int(ground)))
    line.withPix { pixels in
      let pix: UnsafeMutablePointer<Pix> = .init(pixels)
      pixInvert(pix, pix)
      pixGammaTRC(pix, pix, 1, black, 255)
    }
    return line
  }

  @Test("white print on bars and panels is read as what it says", arguments: [0, 60, 130] as [UInt8])
  func lightOnDark(ground: UInt8) throws {
    let page = try PrintedPage(Array(PrintedPage.prose.prefix(3)))
    let texts = ["INVOICE NUMBER and date", "Item Quantity Price Total"]
    for (row, text) in texts.enumerated() {
      draw(try bar(text, ground: ground, width: 1_500), on: page.image, left: 60, top: 400 + 300 * row)
    }
    let words = try page.run().words.map(\.text)
    let expected = (PrintedPage.prose.prefix(3) + texts).flatMap { $0.split(separator: " ").map(String.init) }
    #expect(words == expected)
  }

  @Test("a page of white print on black is read like one of black on white")
  func darkPage() throws {
    let page = try PrintedPage()
    let expected = try page.run().words.map(\.text)
    page.image.withPix { _ = pixInvert(.init($0), .init($0)) }
    #expect(try page.run().words.map(\.text) == expected)
  }

  @Test("the height of letters is that of the labels where a drawing has large parts")
  func labels() throws {
    let print = try PrintedPage().image.scaled(by: 0.4)
    let page = try RasterImage(width: 700, height: 1_000, depth: 8)
    draw(print, on: page, left: 10, top: 10)
    page.withPix { image in
      for step in Int32(0)..<60 {
        let (x, y) = (20 + 28 * (step % 20), 500 + 110 * (step / 20) + (step % 7) * 18)
        pixRasterop(.init(image), x, y, 22, 60, Int32(PIX_CLR), nil, 0, 0)
      }
    }
    let alone = try InkLook(print.thresholded(at: 128)).letterHeight
    let drawn = try InkLook(page.thresholded(at: 128))
    #expect(drawn.letterHeight == alone)
    #expect(drawn.letters.count > 200)
  }
}
