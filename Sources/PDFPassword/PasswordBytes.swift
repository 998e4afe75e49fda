import CGLib

/// The bytes that a PDF's encryption may have made of a password, likeliest first.
///
/// Encryption of revisions 2 to 4 takes PDFDocEncoding, which is Latin-1 nearly everywhere; revisions 5 and 6 take UTF-8
/// after SASLprep (ISO 32000-2, 7.6.4). Writers keep to that loosely, so each encoding is tried where they differ.
package struct PasswordBytes: Sendable, Hashable {
  package let bytes: [UInt8]

  /// Revisions 5 and 6 take no more, and Poppler's buffers hold no more; those before take 32.
  package static let longest = 127

  /// At least one, no two alike; one for a password of ASCII alone.
  package static func all(of password: String) -> [PasswordBytes] {
    let composed = normalized(password, G_NORMALIZE_NFC) ?? password
    let encodings: [[UInt8]?] = [
      SingleByteEncoding.latin1.encoded(composed), Array(password.utf8), prepared(password).map { Array($0.utf8) },
      SingleByteEncoding.pdfDoc.encoded(composed), SingleByteEncoding.windows1252.encoded(composed),
    ]
    var found: [PasswordBytes] = []
    for case let bytes? in encodings {
      let candidate = PasswordBytes(bytes: Array(bytes.prefix(longest)))
      if !found.contains(candidate) { found.append(candidate) }
    }
    return found
  }

  /// As SASLprep has it (RFC 4013, 2.1 and 2.2); what it forbids is let through, since here nothing is stored under it.
  private static func prepared(_ password: String) -> String? {
    var mapped = String.UnicodeScalarView()
    for scalar in password.unicodeScalars where !isMappedToNothing(scalar) {
      // No other character beyond ASCII is a space to SASLprep that NFKC does not make one.
      mapped.append(scalar == "\u{1680}" ? " " : scalar)
    }
    return normalized(String(mapped), G_NORMALIZE_NFKC)
  }

  /// RFC 3454, table B.1.
  private static func isMappedToNothing(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAD, 0x34F, 0x1806, 0x180B...0x180D, 0x200B...0x200D, 0x2060, 0xFE00...0xFE0F, 0xFEFF: true
    default: false
    }
  }

  private static func normalized(_ text: String, _ mode: GNormalizeMode) -> String? {
    guard let result = g_utf8_normalize(text, -1, mode) else { return nil }
    defer { g_free(result) }
    return String(cString: result)
  }
}
