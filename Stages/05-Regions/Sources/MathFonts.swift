/// Typefaces that set mathematics, by the names they are embedded under.
enum MathFonts {
  private static let parts = [
    "cmmi", "cmsy", "cmex", "cmbsy", "cmmib", "msam", "msbm", "eufm", "eusm", "rsfs", "wasy", "stmary", "lmmath",
    "math", "mtmi", "mtsy", "mtex", "txsy", "txmi", "pxsy", "pxmi", "rtxmi", "ntxmi", "ntxsy", "newtxmi", "esint",
    "symbolmt", "euclidsymbol", "mathematicalpi", "fourier-math", "stix-mi",
  ]

  static func contains(_ name: String) -> Bool {
    let name = name.lowercased()
    return parts.contains { name.contains($0) }
  }
}
