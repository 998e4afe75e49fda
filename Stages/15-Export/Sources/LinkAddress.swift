/// Where links of an export may lead: only what assembly lets through, should an edit say otherwise.
enum LinkAddress {
  /// An address outside the document, fit to be written down; nil for a place inside it and for any other scheme.
  static func outside(_ link: String) -> String? {
    guard let colon = link.firstIndex(of: ":"), schemes.contains(link[..<colon].lowercased()) else { return nil }
    return PercentEncoding.address(link)
  }

  /// The page that a link inside the document leads to.
  static func page(_ link: String) -> Int? {
    link.hasPrefix(inside) ? Int(link.dropFirst(inside.count)) : nil
  }

  private static let schemes: Set<String> = ["http", "https", "mailto", "tel"]
  private static let inside = "#page="
}
