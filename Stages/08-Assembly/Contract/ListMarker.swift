import DocumentModel
import StageKit

/// What makes a list item one; the item's text is without it.
package struct ListMarker: Codable, Sendable, Hashable, SchemaDescribed {
  package let ordered: Bool
  /// As printed: `•`, `3.`, `(b)`.
  package let marker: String
  /// 1 for the outermost list.
  package let level: Int
  /// For ordered items their place as the marker says it, letters and roman numerals counted.
  package let ordinal: Int?
  /// Where the item's text begins behind the marker, in points from the page's left edge: further paragraphs of the item
  /// stand there. Nil where it is not read from the left.
  package let textLeft: Double?

  package init(ordered: Bool, marker: String, level: Int, ordinal: Int? = nil, textLeft: Double? = nil) {
    self.ordered = ordered
    self.marker = marker
    self.level = level
    self.ordinal = ordinal
    self.textLeft = textLeft.map(Quantity.coordinate)
  }

  /// The same at another level, where there is one.
  package func at(level other: Int?) -> ListMarker {
    ListMarker(
      ordered: ordered, marker: marker, level: other ?? level, ordinal: ordinal, textLeft: textLeft)
  }

  package static let schema = Schema.object(
    "What makes a list item one.",
    [
      .required("ordered", .flag("Whether it counts.")), .required("marker", .string("As printed.")),
      .required("level", .integer("1 for the outermost list.", minimum: 1)),
      .optional("ordinal", .integer("Its place as the marker says it.", minimum: 0)),
      .optional("textLeft", .coordinate("Where its text begins behind the marker, in points from the left.")),
    ])
}
