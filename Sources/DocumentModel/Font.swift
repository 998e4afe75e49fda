/// A typeface as the page names it, without subset prefix; words refer to it by its index in the page's list.
package struct Font: Codable, Sendable, Hashable {
  /// The family and style as embedded, for example `NimbusRomNo9L-Medi`; empty where the source has no fonts.
  package let name: String
  package let bold: Bool
  package let italic: Bool
  package let monospaced: Bool

  package init(name: String, bold: Bool = false, italic: Bool = false, monospaced: Bool = false) {
    self.name = name
    self.bold = bold
    self.italic = italic
    self.monospaced = monospaced
  }
}
