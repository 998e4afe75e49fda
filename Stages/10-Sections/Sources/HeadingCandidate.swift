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
}
