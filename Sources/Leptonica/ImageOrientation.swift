import DocumentModel

/// How a camera held the sensor: EXIF orientations 1 to 8.
package enum ImageOrientation: Int, Sendable, Hashable, CaseIterable {
  case upright = 1
  case mirrored, turnedHalf, mirroredTurnedHalf, mirroredTurnedLeft, turnedLeft, mirroredTurnedRight, turnedRight

  /// The turn clockwise that sets the pixels upright, after `isMirrored` has been undone.
  package var turn: QuarterTurn { QuarterTurn(degrees: 90 * quarterTurns) }

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
    let tiff = JPEGSegments(jpeg).lazy.compactMap(\.exif).first { _ in true }
    self = tiff.flatMap { Self(tag: TIFFDirectory(of: 0, in: $0)) } ?? .upright
  }

  /// From the tag of a TIFF directory; nil where it has none or one that does not exist.
  init?(tag directory: TIFFDirectory?) {
    guard let value = directory?.short(0x0112), let found = ImageOrientation(rawValue: value) else { return nil }
    self = found
  }
}
