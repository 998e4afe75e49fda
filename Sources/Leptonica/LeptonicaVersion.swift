import CLeptonica

/// Which Leptonica is linked: part of the key of every unit that looks at pixels.
package enum LeptonicaVersion {
  /// As the library names itself: `leptonica-1.82.0`.
  package static var text: String {
    guard let raw = getLeptonicaVersion() else { return "unknown" }
    defer { lept_free(raw) }
    return String(cString: raw)
  }
}
