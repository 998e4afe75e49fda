/// How a camera held the sensor: EXIF orientations 1 to 8.
package enum ImageOrientation: Int, Sendable, Hashable, CaseIterable {
  case upright = 1
  case mirrored, turnedHalf, mirroredTurnedHalf, mirroredTurnedLeft, turnedLeft, mirroredTurnedRight, turnedRight

  /// Quarter turns clockwise that set the pixels upright, after `isMirrored` has been undone.
  var quarterTurns: Int {
    switch self {
    case .upright, .mirrored: 0
    case .turnedHalf, .mirroredTurnedHalf: 2
    case .mirroredTurnedLeft, .turnedRight: 3
    case .turnedLeft, .mirroredTurnedRight: 1
    }
  }

  /// Whether left and right are exchanged in the file.
  var isMirrored: Bool { [.mirrored, .mirroredTurnedHalf, .mirroredTurnedLeft, .mirroredTurnedRight].contains(self) }

  /// Whether width and height change places.
  package var swapsAxes: Bool { quarterTurns % 2 == 1 }

  /// From the EXIF block of a JPEG; upright where there is none or it is broken.
  ///
  /// Source: CIPA DC-008 (Exif 2.3), 4.5.4 and 4.6.2; tag 0x0112.
  init(exifOf jpeg: UnsafeRawBufferPointer) {
    self = .upright
    var offset = 2
    while offset + 4 <= jpeg.count, jpeg[offset] == 0xFF {
      let marker = jpeg[offset + 1]
      let length = Int(jpeg[offset + 2]) << 8 | Int(jpeg[offset + 3])
      // Scan data follows SOS: no header beyond it.
      guard marker != 0xDA, length >= 2, offset + 2 + length <= jpeg.count else { return }
      let segment = UnsafeRawBufferPointer(rebasing: jpeg[(offset + 4)..<(offset + 2 + length)])
      if marker == 0xE1, segment.starts(with: Array("Exif\0\0".utf8)) {
        self = Self.read(tiff: UnsafeRawBufferPointer(rebasing: segment[6...])) ?? .upright
        return
      }
      offset += 2 + length
    }
  }

  private static func read(tiff: UnsafeRawBufferPointer) -> ImageOrientation? {
    guard let reader = ByteOrderReader(tiff), let directory = reader.word32(at: 4),
      let entries = reader.word16(at: directory)
    else { return nil }
    for entry in 0..<entries {
      let at = directory + 2 + 12 * entry
      guard let tag = reader.word16(at: at) else { return nil }
      if tag == 0x0112 { return reader.word16(at: at + 8).flatMap(ImageOrientation.init(rawValue:)) }
    }
    return nil
  }
}
