import DocumentModel

extension Font {
  /// Reads weight, slant and pitch from a PostScript font name, since Poppler's GLib door tells no more.
  ///
  /// A subset prefix ("ABCDEF+") goes; "Regular" and the like stay.
  package init(postScriptName full: String) {
    let name = Self.withoutSubsetPrefix(full)
    // The encoding, which some programs put behind the name, is no style.
    let folded = name.lowercased().replacing("-identity-h", with: "")
    func has(_ parts: [String]) -> Bool { parts.contains { folded.contains($0) } }
    let suffix = folded.split(whereSeparator: { "-,_ ".contains($0) }).dropFirst().last.map(String.init) ?? ""
    let coded = FontNameCode(folded)
    self.init(
      name: name,
      bold: has(["bold", "black", "heavy", "semibd", "demi", "kp-medium"]) || Self.boldSuffixes.contains(suffix)
        || coded.bold,
      italic: has(["italic", "oblique", "romanslant", "monoslant"]) || Self.italicSuffixes.contains(suffix)
        || suffix.hasSuffix("ital") || coded.italic,
      monospaced: has(Self.monospaced) && !has(Self.proportional) || coded.monospaced)
  }

  // TeX Gyre and URW use Medi, ReguItal; Adobe Obl and It; publishers' own fonts single letters.
  private static let boldSuffixes: Set<String> = ["medi", "mediital", "bd", "bdit", "b", "bi"]
  private static let italicSuffixes: Set<String> = [
    "it", "obl", "reguital", "mediital", "boldit", "bdit", "i", "bi", "kursiv",
  ]
  private static let monospaced = [
    "mono", "courier", "consol", "typewriter", "menlo", "fixed", "terminal", "nimbusmonl", "sourcecode", "firacode",
    "cascadia", "monaco", "anonymouspro", "cousine", "lettergothic",
  ]
  private static let proportional = ["monotype", "monoprop", "monocorsiva"]

  /// Six capitals and a plus: ISO 32000-1, 9.6.4.
  private static func withoutSubsetPrefix(_ name: String) -> String {
    let bytes = Array(name.utf8)
    guard bytes.count > 7, bytes[6] == 0x2B, bytes[..<6].allSatisfy({ (0x41...0x5A).contains($0) }) else { return name }
    return String(name.dropFirst(7))
  }
}
