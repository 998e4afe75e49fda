import DocumentModel

/// A row's text with numbers folded and case dropped, as two fingerprints.
struct FoldedText: Sendable {
  let key: UInt64
  let likeness: UInt64
  /// Letters that are left when numbers are gone.
  let letters: Int

  init(_ words: [String]) {
    var scalars: [UInt32] = []
    var letters = 0
    for (position, word) in words.enumerated() {
      let atEdge = position == 0 || position == words.count - 1
      if atEdge, RomanNumeral.value(word) != nil {
        scalars.append(0x23)
        continue
      }
      for scalar in word.lowercased().unicodeScalars {
        if !scalar.isNumeral {
          scalars.append(scalar.value)
          if scalar.isLetter { letters += 1 }
        } else if scalars.last != 0x23 {
          scalars.append(0x23)
        }
      }
    }
    self.letters = letters
    key = Self.hash(scalars[...])
    likeness = Self.similarity(scalars)
  }

  /// The fingerprint of a date in numbers alone, as printed: `31/05/2024`, `2024-05-31`.
  static func date(_ words: [String]) -> UInt64? {
    guard words.count == 1, let sign = words[0].first(where: { !$0.isNumber }), "/.-".contains(sign) else { return nil }
    let parts = words[0].split(separator: sign, omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ (1...4).contains($0.utf8.count) && $0.utf8.allSatisfy(isDigit) }),
      parts.contains(where: { $0.utf8.count == 4 }) || parts.allSatisfy({ $0.utf8.count == 2 })
    else { return nil }
    return hash(words[0].unicodeScalars.map(\.value)[...])
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// FNV-1a over scalars. Source: draft-eastlake-fnv.
  private static func hash(_ scalars: ArraySlice<UInt32>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for scalar in scalars { hash = (hash ^ UInt64(scalar)) &* 0x0000_0100_0000_01b3 }
    // A finishing mix: FNV's high bits hardly move for three short scalars.
    hash ^= hash >> 32
    hash = hash &* 0xd6e8_feb8_6659_fd93
    return hash ^ (hash >> 32)
  }

  /// Each bit is what most three-letter pieces say. Source: Charikar's similarity hash.
  private static func similarity(_ scalars: [UInt32]) -> UInt64 {
    guard scalars.count >= 3 else { return hash(scalars[...]) }
    var votes = [Int](repeating: 0, count: 64)
    for start in 0...(min(scalars.count, 200) - 3) {
      let piece = hash(scalars[start..<(start + 3)])
      for bit in 0..<64 { votes[bit] += piece >> UInt64(bit) & 1 == 1 ? 1 : -1 }
    }
    return votes.enumerated().reduce(0) { $1.element > 0 ? $0 | 1 << UInt64($1.offset) : $0 }
  }
}
