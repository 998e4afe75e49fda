import Contracts
import DocumentModel
import Foundation
import Leptonica
import Poppler
import QPDF
import TestSupport
import Testing

@testable import Render

@Suite("Render: a page that is one image")
struct LoneImageTests {
  private static let size = (width: 1_275, height: 1_650)  // 150 dots per inch of a page of 612 × 792 points

  /// Bars that look otherwise turned, mirrored or inverted, in colours where there are any.
  private static func image(depth: Int) throws -> RasterImage {
    var words = [UInt32](repeating: 0xFF_FFFF, count: size.width * size.height)
    for y in 200..<900 {
      for x in 150..<(300 + y / 4) where x % 20 < 9 { words[y * size.width + x] = y < 500 ? 0x20_2020 : 0x10_2090 }
    }
    let image = try words.withUnsafeBytes {
      try RasterImage(
        xrgb: $0, width: size.width, height: size.height, bytesPerRow: 4 * size.width, resolution: 150,
        as: depth == 32 ? .rgb : .grey)
    }
    return depth == 1 ? try image.thresholded(at: 128) : image
  }

  /// The strip of a TIFF file that Leptonica wrote.
  private static func strip(of tiff: [UInt8]) throws -> ArraySlice<UInt8> {
    func long(_ at: Int, _ count: Int) -> Int { (0..<count).reduce(0) { $0 | Int(tiff[at + $1]) << (8 * $1) } }
    let directory = long(4, 4)
    var values: [Int: Int] = [:]
    for entry in 0..<long(directory, 2) {
      let at = directory + 2 + 12 * entry
      values[long(at, 2)] = long(at + 8, long(at + 2, 2) == 3 ? 2 : 4)
    }
    let start = try #require(values[273])
    return tiff[start..<(start + (try #require(values[279])))]
  }

  enum Coding: CaseIterable {
    case grey, colours, bits, stencil, fax, negativeFax, greyJPEG, colourJPEG
    /// In hexadecimal digits, as writers have it that want nothing but text in a PDF.
    case faxInHex, jpegInHex
  }

  private static func object(_ coding: Coding) throws -> [UInt8] {
    let deviceGrey = "/ColorSpace /DeviceGray", colours = "/ColorSpace /DeviceRGB /BitsPerComponent 8"
    let (dictionary, filter, bytes): (String, String, [UInt8]) =
      switch coding {
      case .grey: ("\(deviceGrey) /BitsPerComponent 8", "", try image(depth: 8).samples())
      case .colours: (colours, "", try image(depth: 32).samples())
      case .bits, .stencil:
        (
          coding == .bits ? "\(deviceGrey) /BitsPerComponent 1" : "/ImageMask true /BitsPerComponent 1", "",
          try packed(image(depth: 1).samples())
        )
      case .faxInHex:
        (
          "\(deviceGrey) /BitsPerComponent 1 /DecodeParms [null << /K -1 /Columns \(size.width) >>]",
          "/Filter [/ASCIIHexDecode /CCITTFaxDecode]", try hex(Array(strip(of: image(depth: 1).tiff())))
        )
      case .jpegInHex:
        (colours, "/Filter [/ASCIIHexDecode /DCTDecode]", try hex(image(depth: 32).jpeg(quality: 90)))
      case .fax, .negativeFax:
        (
          "\(deviceGrey) /BitsPerComponent 1 " + (coding == .fax ? "" : "/Decode [1 0] ")
            + "/DecodeParms << /K -1 /Columns \(size.width) /BlackIs1 \(coding != .fax) >>",
          "/Filter /CCITTFaxDecode", Array(try strip(of: image(depth: 1).tiff()))
        )
      case .greyJPEG: ("\(deviceGrey) /BitsPerComponent 8", "/Filter /DCTDecode", try image(depth: 8).jpeg(quality: 90))
      case .colourJPEG: (colours, "/Filter /DCTDecode", try image(depth: 32).jpeg(quality: 90))
      }
    let head =
      "<< /Type /XObject /Subtype /Image /Width \(size.width) /Height \(size.height) \(dictionary) \(filter) "
      + "/Length \(bytes.count) >>\nstream\n"
    return Array(head.utf8) + bytes + Array("\nendstream".utf8)
  }

  private static func hex(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] } + [UInt8(ascii: ">")]
  }

  private static func packed(_ greys: [UInt8]) -> [UInt8] {
    let perRow = (size.width + 7) / 8
    var bits = [UInt8](repeating: 0, count: perRow * size.height)
    for y in 0..<size.height {
      for x in 0..<size.width where greys[y * size.width + x] > 127 { bits[y * perRow + x / 8] |= 0x80 >> UInt8(x % 8) }
    }
    return bits
  }

  /// With an image from edge to edge.
  private static func page(
    _ image: [UInt8], _ content: String, rotate: Int = 0, size: (Double, Double) = (612, 792)
  ) -> [UInt8] {
    let content = "q \(size.0) 0 0 \(size.1) 0 0 cm /I Do Q \(content)"
    let objects: [[UInt8]] =
      [
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 \(size.0) \(size.1)] /Rotate \(rotate) /Contents 4 0 R "
          + "/Resources << /XObject << /I 5 0 R >> >> >>",
        "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream",
      ].map { Array($0.utf8) } + [image]
    var file = Array("%PDF-1.7\n".utf8)
    var places = "0000000000 65535 f \n"
    for (index, object) in objects.enumerated() {
      places += String(String(10_000_000_000 + file.count).dropFirst()) + " 00000 n \n"
      file += Array("\(index + 1) 0 obj\n".utf8) + object + Array("\nendobj\n".utf8)
    }
    let end = "xref\n0 6\n\(places)trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n\(file.count)\n%%EOF\n"
    return file + Array(end.utf8)
  }

  private static func isTaken(_ bytes: [UInt8]) throws -> Bool {
    let file = try TemporaryFile.anonymous()
    try bytes.withUnsafeBytes { try TemporaryFile.write($0, to: file) }
    let reader = try PDFReader(descriptor: file)
    let page = try PopplerDocument(descriptor: file).page(1)
    return try LoneImage(page, reader.look(atPage: 1), reader, dpi: 216)?.rasters(previewFactor: 1) != nil
  }

  @Test("is what drawing it yields", arguments: Coding.allCases, [0, 90])
  func sameAsDrawn(coding: Coding, rotate: Int) throws {
    let image = try Self.object(coding)
    let alone = Self.page(image, "", rotate: rotate)
    #expect(try Self.isTaken(alone))
    let taken = try RenderRun(alone)
    // A path of one point shows nothing, but is more than an image.
    let drawn = try RenderRun(Self.page(image, "0 0 m n", rotate: rotate))
    #expect(taken.output == drawn.output)
    #expect(taken.output.raster.native)
    let (one, two) = (try taken.raster().samples(), try drawn.raster().samples())
    #expect(one.count == two.count)
    // Decoders may differ in the last bit of a colour.
    #expect(zip(one, two).allSatisfy { abs(Int($0) - Int($1)) <= 2 })
    let previews = try [taken, drawn].map {
      try RasterImage.decode($0.context.bytes(of: "0001.jpg"), pixelLimit: 1 << 24)
    }
    #expect(previews[0].depth == previews[1].depth)
    #expect(previews[0].width == previews[1].width && previews[0].height == previews[1].height)
  }

  @Test("is taken where a scanner rounded its sides, and drawn where its pixels are not square")
  func rounded() throws {
    // As wide as A4, which is 1240.2 pixels at 150 dots per inch.
    for (width, isTaken) in [(1_241, true), (1_270, false)] {
      let object = try Self.object(.grey)
        .replacing(Array("/Width 1275 /Height 1650".utf8), with: Array("/Width \(width) /Height 1650".utf8))
      #expect(try Self.isTaken(Self.page(object, "", size: (595.276, 792))) == isTaken)
    }
  }

  @Test("is drawn as far as it goes where its data break off")
  func brokenOff() throws {
    let object = try Self.object(.grey)
    let start = try #require(object.firstRange(of: Array("stream".utf8))).upperBound + 1
    let head = String(decoding: object[..<start], as: UTF8.self)
      .replacingOccurrences(of: "/Length \(Self.size.width * Self.size.height)", with: "/Length 1000000")
    let cut = Array(head.utf8) + object[start..<(start + 1_000_000)] + Array("\nendstream".utf8)
    let run = try RenderRun(Self.page(cut, ""))
    #expect(try run.raster().meanDarkness() > 0.001)
  }

  @Test("is reduced row by row where it is enormous")
  func enormous() throws {
    let side = 5_000
    // A run of 128 black pixels each.
    let stream = String(repeating: "8100", count: side * side / 8 / 128 + 1) + ">"
    let image =
      "<< /Type /XObject /Subtype /Image /Width \(side) /Height \(side) /ColorSpace /DeviceGray /BitsPerComponent 1 "
      + "/Filter [/ASCIIHexDecode /RunLengthDecode] /Length \(stream.utf8.count) >>\nstream\n\(stream)\nendstream"
    let content = "q 2000 0 0 2000 0 0 cm /I Do Q"
    let bytes = WrittenPDF.bytes(
      pages: ["/MediaBox [0 0 2000 2000] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >>"],
      others: ["<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream", image])
    let run = try RenderRun(bytes, size: PageSize(width: 2_000, height: 2_000))
    #expect((run.output.raster.width, run.output.raster.height) == (2_500, 2_500))
    #expect(run.output.raster.resolution == 90 && !run.output.raster.native)
    #expect(run.output.omissions == [.imageReduced])
    #expect(try run.raster().meanDarkness() == 1)
  }
}
