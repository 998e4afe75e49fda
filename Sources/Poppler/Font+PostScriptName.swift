import DocumentModel

extension Font {
  /// Reads weight, slant and pitch from a PostScript font name, since Poppler's GLib door tells no more.
  ///
  /// A subset prefix ("ABCDEF+") goes; "Regular" and the like stay.
  package init(postScriptName full: String) {
    let name = Self.withoutSubsetPrefix(full)
    let folded = name.lowercased()
    func has(_ parts: [String]) -> Bool { parts.contains { folded.contains($0) } }
    // Computer Modern spells it cmbx, cmti, cmtt; TeX Gyre and URW use Medi, ReguItal; Adobe uses Obl and It.
    let isComputerModern = ["cm", "sf", "ec", "lm"].contains { folded.hasPrefix($0) } && folded.count <= 8
    let suffix = name.split(whereSeparator: { "-,_ ".contains($0) }).dropFirst().last.map(String.init) ?? ""
    self.init(
      name: name,
      bold: has(["bold", "black", "heavy", "semibd", "demi"]) || ["Medi", "MediItal", "Bd", "BdIt"].contains(suffix)
        || (isComputerModern && has(["bx", "cmb", "lmb", "sfb"])),
      italic: has(["italic", "oblique"]) || ["It", "Obl", "ReguItal", "MediItal", "BoldIt", "BdIt"].contains(suffix)
        || suffix.hasSuffix("Ital") || (isComputerModern && has(["ti", "cmsl", "cmmi", "lmri"])),
      monospaced: has(["mono", "courier", "consol", "typewriter", "menlo", "fixed", "terminal", "nimbusmonl"])
        || (isComputerModern && has(["tt"])))
  }

  /// Six capitals and a plus: ISO 32000-1, 9.6.4.
  private static func withoutSubsetPrefix(_ name: String) -> String {
    let bytes = Array(name.utf8)
    guard bytes.count > 7, bytes[6] == 0x2B, bytes[..<6].allSatisfy({ (0x41...0x5A).contains($0) }) else { return name }
    return String(name.dropFirst(7))
  }
}
