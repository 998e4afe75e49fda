/// A job's name: ten lower-case letters and digits, unguessable enough to be unique and short enough to be typed.
package struct JobID: Sendable, Hashable, CustomStringConvertible {
  package let text: String

  /// - Returns: nil where the text is no job id; nothing else ever becomes part of a path.
  package init?(_ text: String) {
    guard text.utf8.count == Self.length, text.utf8.allSatisfy(Self.alphabet.contains) else { return nil }
    self.text = text
  }

  package init(using generator: inout some RandomNumberGenerator) {
    var bytes: [UInt8] = []
    for _ in 0..<Self.length { bytes.append(Self.alphabet[Int.random(in: 0..<Self.alphabet.count, using: &generator)]) }
    text = String(decoding: bytes, as: UTF8.self)
  }

  package var description: String { text }

  /// 32¹⁰ names: a million jobs collide with a chance of one in two thousand, and the ledger refuses a second one.
  private static let length = 10
  /// Without i, l, o and u, which are misread or spell words.
  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
}
