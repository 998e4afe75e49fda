import DocumentModel
import Leptonica
import Poppler
import Testing

@Suite("Leptonica: images")
struct LeptonicaImageTests {
  /// A page of prose, at 150 dpi.
  static func prose(resolution: Double = 150) throws -> RasterImage {
    let pdf = CairoPDF()
    for line in 0..<40 {
      pdf.text(
        "The quick brown fox jumps highly over the lazy dog, lightly, line \(line).", x: 60, y: 60 + 18 * Double(line),
        size: 12, face: .serif)
    }
    let raster = try PopplerDocumentMaker.page(pdf).render(resolution: resolution)
    return try RasterImage.taking(raster, resolution: Int(resolution))
  }

  @Test("a turned page of text is known by its ascenders", arguments: QuarterTurn.allCases)
  func orientation(turn: QuarterTurn) throws {
    let page = try Self.prose().turned(turn)
    let found = try page.orientation()
    #expect(found.turn == turn, "\(found)")
  }

  @Test("an empty page has no orientation and no skew")
  func emptyPage() throws {
    let blank = try RasterImage(width: 600, height: 800, depth: 8)
    #expect(try blank.orientation().turn == nil)
    #expect(try blank.skew() == SkewEstimate(correction: 0, confidence: 0))
    #expect(try blank.inkShare() == 0)
    #expect(try blank.meanDarkness() == 0)
    #expect(try blank.componentBoxes().isEmpty)
  }

  @Test("the skew of a page is found and undone", arguments: [-2.0, -0.5, 1.5, 3])
  func skew(degrees: Double) throws {
    let page = try Self.prose().rotated(clockwise: degrees)
    let found = try page.skew()
    #expect(abs(found.correction + degrees) < 0.15)
    #expect(found.confidence > 3)
    #expect(abs(try page.rotated(clockwise: found.correction).skew().correction) < 0.15)
  }

  /// The mean difference of two images' greys in a part that both have.
  private func difference(_ one: RasterImage, _ other: RasterImage) -> Double {
    var sum = 0.0
    for y in 200..<400 {
      for x in 300..<900 {
        guard let a = one.pixel(x: x, y: y), let b = other.pixel(x: x, y: y) else { continue }
        sum += abs(Double(a) - Double(b))
      }
    }
    return sum / (200 * 600)
  }

  @Test(
    "letters of a few pixels come back closer to what was averaged down than by interpolation", arguments: [3.0, 4.0])
  func restored(factor: Double) throws {
    let fine = try Self.prose(resolution: 300).grey()
    let low = try fine.scaled(by: 1 / factor)
    let restored = try low.restored(by: factor)
    #expect(abs(restored.width - fine.width) <= Int(factor) && restored.depth == 8)
    #expect(try difference(restored, fine) < 0.9 * difference(low.scaled(by: factor), fine))
  }

  @Test("without its rules a page has the letters it had")
  func unruled() throws {
    func page(isRuled: Bool) throws -> RasterImage {
      let pdf = CairoPDF(width: 400, height: 300)
      for x in [60.0, 220] { pdf.text("Illicit lilly HHHHH", x: x, y: 80, size: 14) }
      for row in 0..<(isRuled ? 4 : 0) { pdf.fill(x: 50, y: 50 + 40 * Double(row), width: 330, height: 1) }
      for column in 0..<(isRuled ? 3 : 0) { pdf.fill(x: 50 + 164.5 * Double(column), y: 50, width: 1, height: 121) }
      return try RasterImage.taking(PopplerDocumentMaker.page(pdf).render(resolution: 150), resolution: 150)
    }
    let (plain, ruled) = (try page(isRuled: false), try page(isRuled: true))
    let cleared = try ruled.unruled(level: 128, length: 60)
    #expect(try ruled.inkShare() > 1.2 * plain.inkShare())
    #expect(try abs(cleared.inkShare() - plain.inkShare()) < 0.02 * plain.inkShare())
    #expect(
      try cleared.thresholded(at: 128).componentBoxes().count == plain.thresholded(at: 128).componentBoxes().count)
  }

  @Test("images stand in a row with their tops level and white below the lower ones")
  func row() throws {
    let (high, low) = (try RasterImage(width: 3, height: 9, depth: 1), try RasterImage(width: 4, height: 5, depth: 8))
    let row = try RasterImage.row([low.stretched(black: 0, white: 1), high, low])
    #expect(row.width == 11 && row.height == 9 && row.depth == 8)
    #expect((0..<11).allSatisfy { row.pixel(x: $0, y: 8) == 255 })
  }

  @Test("an image of one row or column of pixels has no lines", arguments: [(1, 1), (1, 50), (9000, 1)])
  func narrow(size: (width: Int, height: Int)) throws {
    let image = try RasterImage(width: size.width, height: size.height, depth: 8)
    let lines = try image.rulingLines(minimumLength: 60, maximumThickness: 12)
    #expect(lines.horizontal.isEmpty && lines.vertical.isEmpty)
  }

  @Test("the lines of a grid are found where they were drawn, and letters are none")
  func rulingLines() throws {
    let pdf = CairoPDF(width: 400, height: 300)
    for row in 0...3 { pdf.fill(x: 50, y: 50 + 40 * Double(row), width: 300, height: 1) }
    for column in 0...2 { pdf.fill(x: 50 + 149.5 * Double(column), y: 50, width: 1, height: 121) }
    pdf.text("Illicit lilly HHHHH", x: 60, y: 80, size: 14)
    pdf.fill(x: 60, y: 200, width: 200, height: 60)  // an area, not a line
    let page = try PopplerDocumentMaker.page(pdf)
    let image = try RasterImage.taking(page.render(resolution: 216), resolution: 216)
    let lines = try image.rulingLines(minimumLength: 60, maximumThickness: 12)
    #expect(lines.horizontal.count == 4)
    #expect(lines.vertical.count == 3)
    for (row, line) in lines.horizontal.enumerated() {
      #expect(abs(line.rect.top - (150 + 120 * row)) <= 2)
      #expect(abs(line.rect.left - 150) <= 2 && abs(line.rect.right - 1050) <= 2)
      #expect(line.thickness >= 2 && line.thickness <= 5)
    }
    for (column, line) in lines.vertical.enumerated() {
      #expect(abs(Double(line.rect.left) - (150 + 448.5 * Double(column))) <= 3)
      #expect(abs(line.rect.top - 150) <= 2 && abs(line.rect.bottom - 513) <= 2)
    }
  }

  @Test("a line that letters touch is one line, to its corners")
  func touchedLines() throws {
    let pdf = CairoPDF(width: 300, height: 200)
    for row in 0...6 { pdf.fill(x: 20, y: 20 + 15 * Double(row), width: 200, height: 0.75) }
    for x in [20.0, 100, 219.25] { pdf.fill(x: x, y: 20, width: 0.75, height: 90.75) }
    // Letters with stems right behind the line, but for one row in the middle.
    for row in [0, 1, 2, 4, 5] { pdf.text("HEkLM", x: 100.9, y: 32 + 15 * Double(row), size: 11) }
    let image = try RasterImage.taking(PopplerDocumentMaker.page(pdf).render(resolution: 96), resolution: 96)
    let lines = try image.rulingLines(minimumLength: 15, maximumThickness: 5, level: 205)
    let near = lines.vertical.filter { abs($0.rect.left - 133) <= 3 && $0.rect.height > 20 }
    #expect(near.count == 1)
    #expect(near.allSatisfy { abs($0.rect.top - 26) <= 3 && abs($0.rect.bottom - 147) <= 4 })
  }

  @Test("grey comes from every depth, alpha on white")
  func grey() throws {
    // Half-transparent black, premultiplied, beside opaque white and opaque red.
    let pixels: [UInt32] = [0x8000_0000, 0xFFFF_FFFF, 0xFFFF_0000, 0x0000_0000]
    let (grey, rgb) = try pixels.withUnsafeBytes { bytes in
      (
        try RasterImage(xrgb: bytes, width: 4, height: 1, bytesPerRow: 16, hasAlpha: true, resolution: 0, as: .grey),
        try RasterImage(xrgb: bytes, width: 4, height: 1, bytesPerRow: 16, hasAlpha: true, resolution: 0, as: .rgb)
      )
    }
    #expect((0..<4).map { grey.pixel(x: $0, y: 0) } == [127, 255, 77, 255])
    #expect((0..<4).map { rgb.pixel(x: $0, y: 0).map { $0 >> 8 } } == [0x7F7F7F, 0xFFFFFF, 0xFF0000, 0xFFFFFF])
    let bits = try grey.thresholded(at: 100)
    #expect((0..<4).map { bits.pixel(x: $0, y: 0) } == [0, 0, 1, 0])
    #expect(try (0..<4).map { try bits.grey().pixel(x: $0, y: 0) } == [255, 255, 0, 255])
    #expect(try rgb.grey().depth == 8)
  }

  @Test("too few pixels for the size are refused")
  func shortBuffer() throws {
    #expect(throws: RasterFailure.self) {
      try [UInt32](repeating: 0, count: 3).withUnsafeBytes {
        try RasterImage(xrgb: $0, width: 2, height: 2, bytesPerRow: 8, resolution: 0, as: .grey)
      }
    }
  }

  @Test("crops are clipped, and nothing is an error")
  func crop() throws {
    let image = try RasterImage(width: 100, height: 50, depth: 8)
    let part = try image.cropped(to: PixelRect(left: 90, top: -5, width: 50, height: 20))
    #expect((part.width, part.height) == (10, 15))
    let outside = PixelRect(left: 100, top: 0, width: 5, height: 5)
    #expect(throws: RasterFailure.outside(outside, width: 100, height: 50)) { try image.cropped(to: outside) }
    let hostile = PixelRect(left: .max, top: .min, width: .max, height: .max)
    #expect(hostile.clipped(width: 100, height: 50) == nil)
  }

  @Test("every threshold keeps the text of a clean page and nothing else")
  func thresholds() throws {
    let page = try Self.prose()
    let fixed = try page.thresholded(at: 128).inkShare()
    #expect(fixed > 0.02 && fixed < 0.2)
    for image in [try page.otsu(), try page.sauvola(), try page.backgroundNormalized().thresholded(at: 128)] {
      #expect(abs(try image.inkShare() - fixed) < 0.02)
    }
  }

  @Test("despeckling removes specks and keeps letters")
  func despeckle() throws {
    let pdf = CairoPDF(width: 200, height: 100)
    pdf.text("word", x: 50, y: 50, size: 20)
    pdf.fill(x: 10, y: 10, width: 1, height: 1)
    let page = try RasterImage.taking(PopplerDocumentMaker.page(pdf).render(resolution: 144), resolution: 144)
    let before = try page.componentBoxes().count
    #expect(try page.despeckled().componentBoxes().count == before - 1)
  }

  @Test("ink and darkness are measured in a rectangle")
  func statistics() throws {
    let pdf = CairoPDF(width: 100, height: 100)
    pdf.fill(x: 0, y: 0, width: 50, height: 100)
    let page = try RasterImage.taking(PopplerDocumentMaker.page(pdf).render(resolution: 72), resolution: 72)
    #expect(try page.inkShare() == 0.5)
    #expect(try page.inkShare(in: PixelRect(left: 0, top: 0, width: 50, height: 10)) == 1)
    #expect(abs(try page.meanDarkness(in: PixelRect(left: 25, top: 0, width: 50, height: 50)) - 0.5) < 0.001)
    #expect(try page.inkShare(in: PixelRect(left: 500, top: 0, width: 50, height: 10)) == 0)
    #expect(try page.colorCount() == 2)
    #expect(try page.colorShare() == 0)
  }

  @Test("scaling changes size and resolution alike")
  func scale() throws {
    let small = try Self.prose(resolution: 300).scaled(by: 0.72)
    #expect(small.resolution == 216)
    #expect(abs(small.width - 1785) <= 1)
    #expect(throws: RasterFailure.self) { try small.scaled(by: 0) }
    #expect(throws: RasterFailure.self) { try small.scaled(by: .nan) }
    #expect(throws: RasterFailure.self) { try small.scaled(by: 1e9) }
  }

  @Test("the library's complaint is in the error instead of on standard error")
  func messages() throws {
    let damaged = Array(try Self.prose().png().prefix(2_000))
    let error = #expect(throws: RasterFailure.self) { try RasterImage.decode(damaged, pixelLimit: 1 << 30) }
    #expect(error?.description.contains("pixReadMem") == true, "\(String(describing: error))")
  }

  @Test("a mean is the rounded quotient, in grey, in colour and straight from a drawing", arguments: [2, 3, 5, 7, 16])
  func means(factor: Int) throws {
    let (width, height) = (97, 64)
    let words = (0..<(width * height)).map { UInt32(truncatingIfNeeded: $0 &* 2_654_435_761) & 0xFF_FFFF }
    func raster(_ target: RasterImage.Target) throws -> RasterImage {
      try words.withUnsafeBytes {
        try RasterImage(xrgb: $0, width: width, height: height, bytesPerRow: 4 * width, resolution: 72, as: target)
      }
    }
    let (grey, colour) = (try raster(.grey), try raster(.rgb))
    let (smallGrey, smallColour) = (try grey.reduced(by: factor), try colour.reduced(by: factor))
    let direct = try words.withUnsafeBytes {
      try RasterImage(
        xrgb: $0, width: width, height: height, bytesPerRow: 4 * width, resolution: 72, reducedBy: factor)
    }
    for y in 0..<(height / factor) {
      for x in 0..<(width / factor) {
        func mean(_ image: RasterImage, _ shift: UInt32) -> UInt32 {
          var sum = factor * factor / 2
          for line in 0..<factor {
            for column in 0..<factor {
              sum += Int((image.pixel(x: x * factor + column, y: y * factor + line) ?? 0) >> shift & 0xFF)
            }
          }
          return UInt32(sum / (factor * factor))
        }
        #expect(smallGrey.pixel(x: x, y: y) == mean(grey, 0))
        let expected = mean(colour, 24) << 24 | mean(colour, 16) << 16 | mean(colour, 8) << 8
        #expect(smallColour.pixel(x: x, y: y).map { $0 & 0xFFFF_FF00 } == expected)
        #expect(direct.pixel(x: x, y: y).map { $0 & 0xFFFF_FF00 } == expected)
      }
    }
  }
}
