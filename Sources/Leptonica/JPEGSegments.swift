/// The marker segments of a JPEG before its scan data.
struct JPEGSegments: Sequence, IteratorProtocol {
  struct Segment {
    let marker: UInt8
    let body: UnsafeRawBufferPointer

    /// The TIFF structure inside an EXIF block; nil in other segments.
    var exif: UnsafeRawBufferPointer? {
      guard marker == 0xE1, body.starts(with: Array("Exif\0\0".utf8)) else { return nil }
      return UnsafeRawBufferPointer(rebasing: body[6...])
    }

    /// Whether it only says something of the image: when, with what and how it was taken, which way up it was held,
    /// in which colours. JFIF's and Adobe's tell how its samples are to be read.
    var isClaim: Bool { (0xE1...0xEF).contains(marker) && marker != 0xEE || marker == 0xFE }
  }

  private let jpeg: UnsafeRawBufferPointer
  /// Of the marker that comes next.
  private(set) var offset = 2

  init(_ jpeg: UnsafeRawBufferPointer) { self.jpeg = jpeg }

  mutating func next() -> Segment? {
    guard offset + 4 <= jpeg.count, jpeg[offset] == 0xFF else { return nil }
    let marker = jpeg[offset + 1]
    let length = Int(jpeg[offset + 2]) << 8 | Int(jpeg[offset + 3])
    // Scan data follows SOS: no header beyond it.
    guard marker != 0xDA, length >= 2, offset + 2 + length <= jpeg.count else { return nil }
    defer { offset += 2 + length }
    return Segment(marker: marker, body: UnsafeRawBufferPointer(rebasing: jpeg[(offset + 4)..<(offset + 2 + length)]))
  }
}

extension JPEGSegments {
  /// How many scans the whole file has; looks at each byte once.
  ///
  /// Within scan data a marker's first byte is never followed by another's second by chance: ITU-T T.81, B.1.1.5.
  static func scanCount(in jpeg: UnsafeRawBufferPointer) -> Int {
    guard jpeg.count > 1 else { return 0 }
    return (1..<jpeg.count).count { jpeg[$0] == 0xDA && jpeg[$0 - 1] == 0xFF }
  }
}
