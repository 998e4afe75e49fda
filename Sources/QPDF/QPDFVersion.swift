import CQPDF

/// Which qpdf is linked: part of the key of every unit that writes PDF.
package enum QPDFVersion {
  /// As the library names itself: `11.3.0`.
  package static var text: String { qpdf_get_qpdf_version().map { String(cString: $0) } ?? "unknown" }
}
