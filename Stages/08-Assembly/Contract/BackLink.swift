/// The sign that leads from a note back to its mark: pages of the web set it behind every note of a list at their end.
package enum BackLink {
  package static func ends(_ text: some StringProtocol) -> Bool {
    var scalars = Substring(text).unicodeScalars
    // The sign may be asked for as text or as a picture.
    while let last = scalars.last, selectors.contains(last) || last == " " { scalars.removeLast() }
    return scalars.last == sign
  }

  private static let sign: Unicode.Scalar = "\u{21A9}"
  private static let selectors: Set<Unicode.Scalar> = ["\u{FE0E}", "\u{FE0F}"]
}
