/// Names one place in a JSON value: `/words/12/text` (RFC 6901).
package struct JSONPointer: Hashable, Sendable {
  /// Unescaped, from the root; empty for the whole value.
  package let tokens: [String]

  package init(_ tokens: [String] = []) { self.tokens = tokens }

  /// - Returns: nil where the text is no pointer: it neither is empty nor begins with `/`, or a `~` stands before
  ///   something else than 0 or 1.
  package init?(_ text: String) {
    guard !text.isEmpty else {
      tokens = []
      return
    }
    guard text.first == "/" else { return nil }
    var tokens: [String] = []
    for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let token = Self.unescaped(part) else { return nil }
      tokens.append(token)
    }
    self.tokens = tokens
  }

  /// The place of a member or an element below this one.
  package func appending(_ token: String) -> JSONPointer { JSONPointer(tokens + [token]) }

  package func appending(_ index: Int) -> JSONPointer { appending(String(index)) }

  /// The place that this one is in; nil for the root.
  package var parent: JSONPointer? { tokens.isEmpty ? nil : JSONPointer(Array(tokens.dropLast())) }

  /// Whether this is the other place or one above it.
  package func contains(_ other: JSONPointer) -> Bool { other.tokens.starts(with: tokens) }

  /// A token as the index of an array of so many elements: digits without leading zeros (RFC 6901, section 4).
  ///
  /// - Returns: nil where it is none.
  static func index(_ token: String, below count: Int) -> Int? {
    guard token == "0" || token.first != "0", token.utf8.allSatisfy(\.isDigit), let index = Int(token), index < count
    else { return nil }
    return index
  }

  private static func unescaped(_ part: Substring) -> String? {
    guard part.contains("~") else { return String(part) }
    var token = String.UnicodeScalarView()
    var scalars = part.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      guard scalar == "~" else {
        token.append(scalar)
        continue
      }
      switch scalars.next() {
      case "0": token.append("~")
      case "1": token.append("/")
      default: return nil
      }
    }
    return String(token)
  }
}

extension JSONPointer: CustomStringConvertible {
  /// As RFC 6901 writes it; empty for the whole value.
  package var description: String {
    tokens.map { token in
      var text = "/"
      for scalar in token.unicodeScalars {
        switch scalar {
        case "~": text += "~0"
        case "/": text += "~1"
        default: text.unicodeScalars.append(scalar)
        }
      }
      return text
    }.joined()
  }
}

extension JSONValue {
  /// What stands at a place; nil where nothing does.
  package subscript(pointer: JSONPointer) -> JSONValue? {
    var value = self
    for token in pointer.tokens {
      switch value {
      case .object(let members):
        guard let member = members[token] else { return nil }
        value = member
      case .array(let elements):
        guard let index = JSONPointer.index(token, below: elements.count) else { return nil }
        value = elements[index]
      default: return nil
      }
    }
    return value
  }
}
