/// An API key as its holder has it: `sheaf_<id>_<secret>`. The beginning lets scanners find keys that leaked.
struct KeyText: Sendable {
  let text: String
  /// By which its row is found; not secret.
  let id: String

  /// A new one.
  init() {
    id = RandomText.make(Self.idLength)
    text = Self.prefix + id + "_" + RandomText.make(Self.secretLength)
  }

  /// Nil for what cannot be a key.
  init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    let start = Self.prefix.utf8.count
    guard bytes.count == start + Self.idLength + 1 + Self.secretLength, bytes.starts(with: Self.prefix.utf8),
      bytes[start + Self.idLength] == UInt8(ascii: "_")
    else { return nil }
    let id = bytes[start..<start + Self.idLength]
    guard id.allSatisfy(RandomText.letters.contains),
      bytes[(start + Self.idLength + 1)...].allSatisfy(RandomText.letters.contains)
    else { return nil }
    self.id = String(decoding: id, as: UTF8.self)
    self.text = String(text)
  }

  private static let prefix = "sheaf_"
  /// 50 bits: as many keys as anybody makes, each with an id of its own.
  private static let idLength = 10
  /// 260 bits: beyond guessing, whatever the hash costs.
  private static let secretLength = 52
}
