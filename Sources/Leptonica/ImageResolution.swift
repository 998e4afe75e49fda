/// Dots per inch as an image's header tells them, each way; fax pages are often coarser down than across.
package struct ImageResolution: Sendable, Hashable {
  package let horizontal: Double
  package let vertical: Double

  /// - Parameter unit: what the two numbers count dots over, in inches; nil where one is no positive number.
  init?(horizontal: Double, vertical: Double, unit: Double = 1) {
    let (x, y) = (horizontal / unit, vertical / unit)
    guard x.isFinite, y.isFinite, x > 0, y > 0 else { return nil }
    (self.horizontal, self.vertical) = (x, y)
  }

  /// The same for an image whose axes change places.
  package var swapped: ImageResolution { ImageResolution(vertical, horizontal) }

  private init(_ horizontal: Double, _ vertical: Double) {
    (self.horizontal, self.vertical) = (horizontal, vertical)
  }

  private static let centimetre = 1 / 2.54  // inches
  private static let metre = 100 / 2.54

  /// Nil where the header is silent.
  init?(of format: ImageFormat, in bytes: UnsafeRawBufferPointer, page: Int) {
    switch format {
    case .png: self.init(png: bytes)
    case .jpeg: self.init(jpeg: bytes)
    case .tiff: self.init(directory: TIFFDirectory(of: page, in: bytes))
    case .bmp: self.init(bmp: bytes)
    case .webp, .gif: return nil
    }
  }

  /// The pHYs chunk. Source: PNG specification, 11.3.5.3.
  private init?(png bytes: UnsafeRawBufferPointer) {
    var offset = 8
    while let length = bytes.bigEndian32(at: offset), let kind = bytes.bigEndian32(at: offset + 4) {
      // Pixels begin at IDAT: pHYs stands before it.
      guard kind != 0x4944_4154, length <= bytes.count else { return nil }
      if kind == 0x7048_5973, let x = bytes.bigEndian32(at: offset + 8), let y = bytes.bigEndian32(at: offset + 12) {
        guard offset + 16 < bytes.count, bytes[offset + 16] == 1 else { return nil }
        self.init(horizontal: Double(x), vertical: Double(y), unit: Self.metre)
        return
      }
      offset += 12 + length
    }
    return nil
  }

  /// The JFIF density, else that of the EXIF block. Source: ITU-T T.871, 10.1; CIPA DC-008, 4.6.4.
  private init?(jpeg bytes: UnsafeRawBufferPointer) {
    var exif: ImageResolution?
    for segment in JPEGSegments(bytes) {
      if segment.marker == 0xE0, segment.body.count >= 12, segment.body.starts(with: Array("JFIF\0".utf8)) {
        let body = segment.body
        let (x, y) = (Double(Int(body[8]) << 8 | Int(body[9])), Double(Int(body[10]) << 8 | Int(body[11])))
        if body[7] == 1 || body[7] == 2,
          let found = Self(horizontal: x, vertical: y, unit: body[7] == 1 ? 1 : Self.centimetre)
        {
          self = found
          return
        }
      } else if exif == nil, let tiff = segment.exif {
        exif = Self(directory: TIFFDirectory(of: 0, in: tiff))
      }
    }
    guard let exif else { return nil }
    self = exif
  }

  /// XResolution, YResolution and ResolutionUnit. Source: TIFF 6.0, section 8.
  private init?(directory: TIFFDirectory?) {
    guard let directory, let x = directory.rational(0x011A), let y = directory.rational(0x011B) else { return nil }
    switch directory.short(0x0128) ?? 2 {
    case 2: self.init(horizontal: x, vertical: y)
    case 3: self.init(horizontal: x, vertical: y, unit: Self.centimetre)
    default: return nil
    }
  }

  /// biXPelsPerMeter and biYPelsPerMeter of a BITMAPINFOHEADER.
  private init?(bmp bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= 46, bytes[14] >= 40 else { return nil }
    let x = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 38, as: UInt32.self))
    let y = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 42, as: UInt32.self))
    self.init(horizontal: Double(x), vertical: Double(y), unit: Self.metre)
  }
}

extension UnsafeRawBufferPointer {
  fileprivate func bigEndian32(at offset: Int) -> Int? {
    guard offset >= 0, offset <= count - 4 else { return nil }
    return Int(UInt32(bigEndian: loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
  }
}
