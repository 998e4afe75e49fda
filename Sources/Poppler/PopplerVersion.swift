import CPoppler

/// Which Poppler is linked: part of the key of every unit that reads a PDF.
package enum PopplerVersion {
  /// As the library names itself: `poppler-22.12.0`.
  package static var text: String {
    guard let raw = poppler_get_version() else { return "unknown" }
    return "poppler-\(String(cString: raw))"
  }
}
