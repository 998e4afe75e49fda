import DocumentModel

/// A text as an array of Unicode scalars, so that scanners can look at any place without walking there.
struct Scalars {
  let all: [Unicode.Scalar]

  init(_ text: String) { all = Array(text.unicodeScalars) }

  var count: Int { all.count }

  /// The scalar at a place, or nil outside the text.
  subscript(index: Int) -> Unicode.Scalar? { index >= 0 && index < all.count ? all[index] : nil }

  func text(_ range: Range<Int>) -> String {
    let part = all[range]
    guard part.allSatisfy(\.isASCII) else { return String(String.UnicodeScalarView(part)) }
    return String(unsafeUninitializedCapacity: part.count) { bytes in
      for (place, scalar) in part.enumerated() { bytes[place] = UInt8(truncatingIfNeeded: scalar.value) }
      return part.count
    }
  }

  func isDigit(_ index: Int) -> Bool { self[index].map(Self.isDigit) ?? false }

  func isLetter(_ index: Int) -> Bool { self[index]?.isLetter ?? false }

  func isWord(_ index: Int) -> Bool { isDigit(index) || isLetter(index) }

  func isSpace(_ index: Int) -> Bool { self[index]?.isSpace ?? false }

  static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x30 && scalar.value <= 0x39 }

  /// The end of the run of digits that begins here, at most `most` long.
  func digits(from start: Int, most: Int = 20) -> Int {
    var end = start
    while end < start + most, isDigit(end) { end += 1 }
    return end
  }

  /// The end of the run of letters that begins here.
  func letters(from start: Int, most: Int = 24) -> Int {
    var end = start
    while end < start + most, isLetter(end) { end += 1 }
    return end
  }

  /// The place of the next scalar that is no white space, at most three further on.
  func skipSpace(_ start: Int) -> Int {
    var at = start
    while at < start + 3, isSpace(at) { at += 1 }
    return at
  }

  /// Digits only, so the number always fits: at most 9 are read.
  func number(_ range: Range<Int>) -> Int? { range.count <= 9 ? Int(text(range)) : nil }
}
