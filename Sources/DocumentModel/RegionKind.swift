/// What a detected area of a page is.
package enum RegionKind: String, Codable, Sendable, Hashable, CaseIterable {
  case title
  case heading
  case paragraph
  case listItem = "list-item"
  case caption
  case table
  case figure
  case formula
  case code
  case pageHeader = "page-header"
  case pageFooter = "page-footer"
  case pageNumber = "page-number"
  case footnote
  case keyValue = "key-value"

  /// Running headers, footers and page numbers: set aside from the text, never lost.
  package var isFurniture: Bool { self == .pageHeader || self == .pageFooter || self == .pageNumber }
}
