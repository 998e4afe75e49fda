import Glibc

/// A page's raster as it was read from its file: one byte a pixel, 0 is black, rows without gaps.
package struct GreyRaster {
  package let width: Int
  package let height: Int
  /// Dots per inch, in whole ones.
  package let resolution: Int
  package let pixels: [UInt8]

  /// Reads what `RasterImage.writeRaster` wrote.
  ///
  /// - Throws: `RasterFailure.badPixelFile`, `.tooManyPixels`.
  package init(_ file: UnsafeRawBufferPointer, pixelLimit: Int) throws {
    let isOld = file.starts(with: OldRasterHead.mark)
    let old = isOld ? try OldRasterHead(file) : nil
    let head = try old?.head ?? RasterFileHead(file)
    let (width, height) = (head.width, head.height)
    guard width <= pixelLimit / height else {
      throw RasterFailure.tooManyPixels(width: width, height: height, limit: pixelLimit)
    }
    var rest = UnsafeRawBufferPointer(rebasing: file.dropFirst(old?.length ?? RasterFileHead.length))
    guard rest.count >= head.stripLength else { throw Self.early }
    rest = UnsafeRawBufferPointer(rebasing: rest[..<head.stripLength])
    (self.width, self.height, resolution) = (width, height, head.resolution)
    pixels = try [UInt8](unsafeUninitializedCapacity: width * height) { pixels, count in
      let bytes = UnsafeMutableRawBufferPointer(pixels)
      if head.isPacked {
        for y in 0..<height {
          let row = UnsafeMutableRawBufferPointer(rebasing: bytes[(y * width)..<((y + 1) * width)])
          guard let length = PackBits.unpack(rest, into: row) else { throw Self.early }
          rest = UnsafeRawBufferPointer(rebasing: rest[length...])
        }
      } else {
        bytes.copyMemory(from: rest)
      }
      count = width * height
    }
  }

  /// The same from a file that is open for reading, wherever it stands.
  ///
  /// - Throws: `RasterFailure.inputOutput` too.
  package init(readingFrom descriptor: Int32, pixelLimit: Int) throws {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw RasterFailure.inputOutput(errno: errno) }
    let length = Int(status.st_size)
    guard length > 0 else { throw Self.early }
    guard let start = mmap(nil, length, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
      throw RasterFailure.inputOutput(errno: errno)
    }
    defer { munmap(start, length) }
    try self.init(UnsafeRawBufferPointer(start: start, count: length), pixelLimit: pixelLimit)
  }

  private init(width: Int, height: Int, resolution: Int, pixels: [UInt8]) {
    (self.width, self.height, self.resolution, self.pixels) = (width, height, resolution, pixels)
  }

  private static let darkest = 112  // grey: of darker ground what is printed is light
  private static let evenness = 24  // grey levels around the ground's that its grain has
  private static let evenShare = 0.6  // of the pixels: a dark photograph has no ground
  private static let sample = 5  // pixels: every fifth tells

  /// The raster, or its negative where most of it is dark ground of one grey: light print on it becomes dark on light.
  package func onLightGround() -> GreyRaster {
    var histogram = [Int](repeating: 0, count: 256)
    pixels.withUnsafeBufferPointer { pixels in
      for index in stride(from: 0, to: pixels.count, by: Self.sample) { histogram[Int(pixels[index])] += 1 }
    }
    let total = histogram.reduce(0, +)
    let ground = histogram.indices.max { (histogram[$0], $1) < (histogram[$1], $0) } ?? 255
    guard ground < Self.darkest else { return self }
    let even = histogram[max(ground - Self.evenness, 0)...min(ground + Self.evenness, 255)].reduce(0, +)
    guard Double(even) >= Self.evenShare * Double(total) else { return self }
    return GreyRaster(
      width: width, height: height, resolution: resolution, pixels: pixels.map { UInt8.max - $0 })
  }

  private static let early = RasterFailure.badPixelFile(detail: "the rows end early")

  /// For Leptonica's operations.
  package func image() throws -> RasterImage {
    let image = try RasterImage(width: width, height: height, depth: 8, resolution: resolution)
    let perRow = image.wordsPerRow
    try image.withWords { words in
      pixels.withUnsafeBytes { pixels in
        for y in 0..<height {
          let row = words.baseAddress! + y * perRow  // an image has at least one word
          let start = y * width
          let whole = width / 4
          for word in 0..<whole {
            row[word] = UInt32(bigEndian: pixels.loadUnaligned(fromByteOffset: start + 4 * word, as: UInt32.self))
          }
          guard width % 4 > 0 else { continue }
          var last: UInt32 = 0
          for x in (4 * whole)..<width { last |= UInt32(pixels[start + x]) << UInt32(24 - 8 * (x - 4 * whole)) }
          row[whole] = last
        }
      }
    }
    return image
  }
}

extension RasterImage {
  /// Reads what `writeRaster` wrote.
  ///
  /// - Throws: `RasterFailure.badPixelFile`, `.tooManyPixels`, `.inputOutput`.
  package static func readRaster(from descriptor: Int32, pixelLimit: Int) throws -> RasterImage {
    try GreyRaster(readingFrom: descriptor, pixelLimit: pixelLimit).image()
  }
}
