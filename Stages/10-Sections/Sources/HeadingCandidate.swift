import Contracts
import DocumentModel

/// A heading before its level is known.
struct HeadingCandidate {
  /// Index of the entry in the reading order.
  let entry: Int
  let element: ElementID
  /// At most a few hundred letters.
  let text: String
  let plain: PlainTitle
  let number: HeadingNumber?
  let kind: RegionKind
  let typography: Typography
  let box: BoundingBox
  /// Index of the outline entry that names it.
  let bookmark: Int?
  /// Whether its words were recognised, and its size is an estimate.
  let isRecognized: Bool

  /// The size in points by which it is compared with others.
  ///
  /// Recognition measures a line from its highest letters to its lowest, so a heading without a letter that hangs below the
  /// line seems a tenth smaller than the next one, and would lie deeper.
  var printedSize: Double {
    guard isRecognized, !text.contains(where: Self.hangs), text.unicodeScalars.allSatisfy({ $0.value < 0x250 }) else {
      return typography.size
    }
    return Quantity.coordinate(typography.size * Self.withoutDescender)
  }

  private static let withoutDescender = 1.11  // Tesseract 5 tells 17 for 19 points, 11 for 12

  private static func hangs(_ letter: Character) -> Bool { "gjpqyQ()[]".contains(letter) }
}
