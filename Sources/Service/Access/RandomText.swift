/// Letters and digits that nobody can guess, five bits each.
enum RandomText {
  static func make(_ count: Int) -> String {
    var generator = SystemRandomNumberGenerator()
    return String(decoding: (0..<count).map { _ in letters.randomElement(using: &generator) ?? 0 }, as: UTF8.self)
  }

  /// Without i, l, o and u, which are misread or spell words.
  static let letters = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
}
