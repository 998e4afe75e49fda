import DocumentModel
import Glibc
import Leptonica
import Poppler
import Testing

@Suite("Leptonica: files")
struct LeptonicaDecodeTests {
  /// A page with two black bars, unlike under any turn or mirroring.
  private func sample(width: Int = 120, height: Int = 80) throws -> RasterImage {
    let pdf = CairoPDF(width: Double(width), height: Double(height))
    pdf.fill(x: 10, y: 10, width: 40, height: 8)
    pdf.fill(x: 10, y: 10, width: 8, height: 30)
    let raster = try PopplerDocumentMaker.page(pdf).render(resolution: 72)
    return try RasterImage.taking(raster, resolution: 300)
  }

  private func same(_ a: RasterImage, _ b: RasterImage, tolerance: Int = 0) -> Bool {
    guard (a.width, a.height) == (b.width, b.height) else { return false }
    return (0..<a.height).allSatisfy { y in
      (0..<a.width).allSatisfy { x in
        guard let p = a.pixel(x: x, y: y), let q = b.pixel(x: x, y: y) else { return false }
        return abs(Int(p) - Int(q)) <= tolerance
      }
    }
  }

  @Test("PNG and TIFF keep every pixel and the resolution; JPEG nearly")
  func roundTrips() throws {
    let image = try sample()
    let png = try RasterImage.decode(image.png(), pixelLimit: 1 << 20)
    #expect(same(png, image))
    #expect(png.resolution == 300)
    let tiff = try RasterImage.decode(image.tiff(), pixelLimit: 1 << 20)
    #expect(same(tiff, image))
    #expect(tiff.resolution == 300)
    let jpeg = try RasterImage.decode(image.jpeg(quality: 95), pixelLimit: 1 << 20)
    #expect(same(jpeg, image, tolerance: 30))
    let fax = try RasterImage.decode(image.thresholded(at: 128).tiff(), pixelLimit: 1 << 20)
    #expect(fax.depth == 1)
    #expect(same(try fax.grey(), image))
  }

  @Test("a bitmap file is read")
  func bmp() throws {
    // 2 × 1 pixels of 24 bits: blue, then white; rows are padded to 4 bytes.
    let file: [UInt8] =
      Array("BM".utf8) + [62, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0]
      + [UInt8](repeating: 0, count: 24) + [255, 0, 0, 255, 255, 255, 0, 0]
    let image = try RasterImage.decode(file, pixelLimit: 100)
    #expect((image.width, image.height) == (2, 1))
    #expect(try image.rgb().pixel(x: 0, y: 0).map { $0 >> 8 } == 0x0000FF)
    #expect(try image.grey().pixel(x: 1, y: 0) == 255)
  }

  @Test("a WebP file is read")
  func webp() throws {
    let image = try RasterImage.decode(try sample().webp(), pixelLimit: 1 << 20)
    #expect(same(try image.grey(), try sample()))
  }

  @Test("each page of a TIFF is read by its number, sizes known beforehand")
  func manyPages() throws {
    let pages = try [sample(), sample(width: 60, height: 90), sample().thresholded(at: 128)]
    let file = try RasterImage.tiff(pages: pages)
    for (index, page) in pages.enumerated() {
      let header = try file.withUnsafeBytes { try ImageHeader(of: $0, page: index) }
      #expect(header.pageCount == 3)
      #expect((header.width, header.height) == (page.width, page.height))
      #expect(same(try RasterImage.decode(file, page: index, pixelLimit: 1 << 20), page))
    }
    #expect(throws: RasterFailure.noSuchPage(3, count: 3)) {
      try RasterImage.decode(file, page: 3, pixelLimit: 1 << 20)
    }
  }

  @Test("a chain of TIFF pages that bites its tail is counted once")
  func cyclicTIFF() throws {
    // One directory of no importance at 8, its successor itself.
    let file: [UInt8] =
      [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0, 1, 0, 0, 1, 3, 0, 1, 0, 0, 0, 5, 0, 0, 0, 8, 0, 0, 0]
    #expect(throws: RasterFailure.self) { try RasterImage.decode(file, pixelLimit: 100) }
  }

  @Test("an image over the limit is refused by its header")
  func bomb() throws {
    let file = try sample().png()
    #expect(throws: RasterFailure.tooManyPixels(width: 120, height: 80, limit: 9_599)) {
      try RasterImage.decode(file, pixelLimit: 9_599)
    }
  }

  @Test("a JPEG has its size and resolution, and the colours of its pixels", arguments: [1, 3, 4, 118, 1_023])
  func jpegColours(width: Int) throws {
    let words = (0..<(width * 20)).map { UInt32($0 % width < width / 2 ? 0xE0_2010 : 0x10_30C0) }
    for target in [RasterImage.Target.grey, .rgb] {
      let image = try words.withUnsafeBytes {
        try RasterImage(xrgb: $0, width: width, height: 20, bytesPerRow: 4 * width, resolution: 108, as: target)
      }
      let file = try image.jpeg(quality: 95)
      let back = try RasterImage.decode(file, pixelLimit: 1 << 20)
      #expect((back.width, back.height, back.resolution) == (width, 20, 108))
      #expect(back.depth == image.depth)
      // Beside an edge colours run into each other.
      for x in [0, width / 4, width - 1] where width > 100 {
        let (one, two) = (image.pixel(x: x, y: 10) ?? 0, back.pixel(x: x, y: 10) ?? 0)
        for shift in image.depth == 32 ? [8, 16, 24] as [UInt32] : [0] {
          #expect(abs(Int(one >> shift & 0xFF) - Int(two >> shift & 0xFF)) < 12)
        }
      }
    }
  }

  @Test("a JPEG of more scans than any encoder makes is refused before it takes minutes")
  func scans() throws {
    let file = try sample().jpeg(quality: 75)
    let start = try #require(file.indices.dropFirst().first { file[$0 - 1] == 0xFF && file[$0] == 0xDA }) - 1
    let scan = file[start..<(file.count - 2)]
    let many = file[..<start] + (0..<100).flatMap { _ in scan } + file.suffix(2)
    #expect(throws: RasterFailure.damaged(.jpeg, detail: "100 scans")) {
      try RasterImage.decode(Array(many), pixelLimit: 1 << 20)
    }
    #expect(throws: RasterFailure.damaged(.jpeg, detail: "100 scans")) {
      try RasterImage.jpeg(Array(many), pixelLimit: 1 << 20)
    }
  }

  @Test("what is no image, is not read here, or breaks off is told apart")
  func refusals() throws {
    #expect(throws: RasterFailure.unknownFormat) { try RasterImage.decode([], pixelLimit: 100) }
    #expect(throws: RasterFailure.unknownFormat) { try RasterImage.decode(Array("text".utf8), pixelLimit: 100) }
    #expect(throws: RasterFailure.unsupportedFormat(.gif)) {
      try RasterImage.decode(Array("GIF89a..........".utf8), pixelLimit: 100)
    }
    for file in [try sample().png(), try sample().tiff()] {
      let error = #expect(throws: RasterFailure.self) {
        try RasterImage.decode(Array(file.prefix(60)), pixelLimit: 1 << 20)
      }
      guard case .damaged = error else {
        Issue.record("\(String(describing: error)) is not damage")
        return
      }
    }
  }

  @Test("a camera's orientation is obeyed", arguments: [1, 2, 3, 4, 5, 6, 7, 8])
  func exif(orientation: Int) throws {
    let upright = try sample()
    // What the sensor saw, such that the tag sets it upright.
    let flipped = { (image: RasterImage) in try image.mirrored() }
    let stored: RasterImage =
      switch orientation {
      case 2: try flipped(upright)
      case 3: try upright.turned(.half)
      case 4: try flipped(upright.turned(.half))
      case 5: try flipped(upright.turned(.right))
      case 6: try upright.turned(.left)
      case 7: try flipped(upright.turned(.left))
      case 8: try upright.turned(.right)
      default: upright
      }
    let plain = try stored.jpeg(quality: 95)
    let exif: [UInt8] =
      [0xFF, 0xE1, 0, 34] + Array("Exif\0\0".utf8)
      + [0x4D, 0x4D, 0, 0x2A, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, UInt8(orientation), 0, 0, 0, 0, 0, 0]
    let file = Array(plain[..<2]) + exif + Array(plain[2...])
    #expect(same(try RasterImage.decode(file, pixelLimit: 1 << 20), upright, tolerance: 30))
  }

  @Test("our pixel file comes back as it was, for widths of every remainder", arguments: [1, 2, 3, 4, 5, 119, 1023])
  func pixelFile(width: Int) throws {
    let image = try sample(width: width, height: 37)
    let back = try TemporaryFolder.withDescriptor([]) { descriptor in
      try image.writeRaster(to: descriptor)
      return try RasterImage.readRaster(from: descriptor, pixelLimit: 1 << 20)
    }
    #expect(same(back, image))
    #expect(back.resolution == 300)
  }

  @Test("a pixel file of photographs comes back likewise, and any TIFF reader reads it", arguments: [1, 130, 512])
  func noisyPixelFile(width: Int) throws {
    let image = try RasterImage(width: width, height: 40, depth: 8, resolution: 150)
    let speckled = try noise(width: width, height: 40)
    for raster in [image, speckled] {
      let (back, bytes) = try TemporaryFolder.withDescriptor([]) { descriptor in
        try raster.writeRaster(to: descriptor)
        return (try RasterImage.readRaster(from: descriptor, pixelLimit: 1 << 20), content(of: descriptor))
      }
      #expect(same(back, raster))
      #expect(same(try bytes.withUnsafeBytes { try RasterImage.decode($0, pixelLimit: 1 << 20) }.grey(), raster))
    }
  }

  private func content(of descriptor: Int32) -> [UInt8] {
    var status = stat()
    fstat(descriptor, &status)
    return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { bytes, count in
      count = max(pread(descriptor, bytes.baseAddress, bytes.count, 0), 0)
    }
  }

  /// Pixels of which hardly two neighbours are equal.
  private func noise(width: Int, height: Int) throws -> RasterImage {
    var seed: UInt32 = 1
    let pixels = (0..<(width * height)).map { _ -> UInt32 in
      seed = seed &* 1_664_525 &+ 1_013_904_223
      return (seed >> 24) * 0x01_0101
    }
    return try pixels.withUnsafeBytes {
      try RasterImage(xrgb: $0, width: width, height: height, bytesPerRow: 4 * width, resolution: 150, as: .grey)
    }
  }

  @Test("of a packed pixel file no byte may be lost or changed without being noticed or harmless")
  func brokenPixelFile() throws {
    let image = try sample(width: 61, height: 9)
    let bytes = try TemporaryFolder.withDescriptor([]) { descriptor in
      try image.writeRaster(to: descriptor)
      return content(of: descriptor)
    }
    for length in 0..<bytes.count {
      #expect(throws: RasterFailure.self) {
        try bytes[..<length].withUnsafeBytes { try GreyRaster($0, pixelLimit: 1 << 20) }
      }
    }
    for place in bytes.indices {
      for value: UInt8 in [0, 0x7F, 0x80, 0x81, 0xFF] {
        var other = bytes
        other[place] = value
        let read = try? other.withUnsafeBytes { try GreyRaster($0, pixelLimit: 1 << 20) }
        #expect(read.map { $0.pixels.count == $0.width * $0.height } ?? true)
      }
    }
  }

  @Test("a pixel file as it was written before is read, too")
  func oldPixelFile() throws {
    let pixels: [UInt8] = [0, 50, 100, 150, 200, 255]
    let file = Array("P5\n# 72 dpi\n3 2\n255\n".utf8) + pixels
    let raster = try file.withUnsafeBytes { try GreyRaster($0, pixelLimit: 6) }
    #expect((raster.width, raster.height, raster.resolution) == (3, 2, 72))
    #expect(raster.pixels == pixels)
    #expect(try raster.image().pixel(x: 2, y: 1) == 255)
  }

  @Test(
    "a pixel file that is none, lies or ends early is refused",
    arguments: ["", "P6\n", "P5\n# x dpi\n1 1\n255\n0", "P5\n# 72 dpi\n0 5\n255\n", "P5\n# 72 dpi\n4 4\n255\nabc"])
  func badPixelFile(content: String) throws {
    let error = #expect(throws: RasterFailure.self) {
      try TemporaryFolder.withDescriptor(Array(content.utf8)) {
        try RasterImage.readRaster(from: $0, pixelLimit: 1 << 20)
      }
    }
    guard case .badPixelFile = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("a huge pixel file is refused before memory is taken")
  func hugePixelFile() throws {
    #expect(throws: RasterFailure.tooManyPixels(width: 1_000_000, height: 1_000_000, limit: 100)) {
      try TemporaryFolder.withDescriptor(Array("P5\n# 72 dpi\n1000000 1000000\n255\n".utf8)) {
        try RasterImage.readRaster(from: $0, pixelLimit: 100)
      }
    }
  }
}
