/// One member of `Sec-WebSocket-Extensions` (RFC 6455, 9.1): a name and its parameters, each at most once.
struct ExtensionOffer {
  let name: String
  let parameters: [(name: String, value: String?)]

  /// Nil for what does not follow the grammar.
  init?(_ text: String) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: false).map { $0.trimmingBlanks }
    guard let first = parts.first, Self.isToken(first) else { return nil }
    var parameters: [(name: String, value: String?)] = []
    for part in parts.dropFirst() {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(\.trimmingBlanks)
      guard let name = sides.first, Self.isToken(name), !parameters.contains(where: { $0.name == name }) else {
        return nil
      }
      var value: Substring?
      if sides.count == 2 {
        var given = sides[1]
        if given.count >= 2, given.hasPrefix("\""), given.hasSuffix("\"") { given = given.dropFirst().dropLast() }
        guard Self.isToken(given) else { return nil }
        value = given
      }
      parameters.append((String(name), value.map(String.init)))
    }
    name = String(first)
    self.parameters = parameters
  }

  private static func isToken(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(ByteClass.isToken)
  }
}
