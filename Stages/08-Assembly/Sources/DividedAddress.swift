import DocumentModel

/// Puts an address of the web together that a line's end divides, or spaces within a line.
enum DividedAddress {
  /// The link of a word that goes on with the address before it.
  struct Joined { let link: String? }

  /// - Parameters:
  ///   - link: the target of the word's own link.
  ///   - startsLine: whether the word is the first of its line.
  ///   - style: the word's.
  ///   - pieces: the words before it.
  /// - Returns: nil where the word does not go on with an address.
  static func joined(
    _ text: String, _ link: String?, startsLine: Bool, style: TextStyle, after pieces: [RunPiece]
  ) -> Joined? {
    guard let last = pieces.last, !text.isEmpty else { return nil }
    if let target = last.link, !target.hasPrefix("#"), target.utf8.count <= longest {
      guard link == target || link == nil && startsLine else { return nil }
      return isPart(text, of: target, startsLine, after: pieces) ? Joined(link: target) : nil
    }
    guard startsLine, last.link == nil, link == nil else { return nil }
    let begun = printed(pieces) { $0.link == nil }
    let isCode = last.style.contains(.code) && style.contains(.code)
    return AddressBreak.goesOn(begun, text, isSameCode: isCode) ? Joined(link: nil) : nil
  }

  /// Whether the print, letter by letter, is part of the target.
  private static func isPart(
    _ text: String, of target: String, _ startsLine: Bool, after pieces: [RunPiece]
  ) -> Bool {
    let print = printed(pieces) { $0.link == target }
    var begun = AddressBreak.start(in: print).map { print[$0...] } ?? print[...]
    guard begun.contains(where: { "./:".contains($0) }) || startsLine && begun.last == "-" else { return false }
    if begun.lowercased().hasPrefix("doi:") { begun = begun.dropFirst(4) }
    let core = AddressBreak.core(text)
    // A full stop by itself may stand within the address.
    let rest = core.isEmpty ? text[...] : core
    return Array(target.utf8).contains(Array((begun + rest).utf8.suffix(most)))
  }

  /// What stands at the end of the pieces without a space.
  private static func printed(_ pieces: [RunPiece], where belongs: (RunPiece) -> Bool) -> String {
    var begun = ""
    for piece in pieces.reversed() {
      guard belongs(piece), begun.utf8.count + piece.text.utf8.count <= longest else { break }
      begun = piece.text + begun
      if !piece.gap.isEmpty { break }
    }
    return begun
  }

  private static let longest = 2048  // bytes: longer addresses are no print
  private static let most = 64  // bytes of the print that are looked for in the target
}

extension [UInt8] {
  fileprivate func contains(_ part: [UInt8]) -> Bool {
    guard let first = part.first, part.count <= count else { return false }
    return indices.prefix(count - part.count + 1).contains { at in
      self[at] == first && self[at..<(at + part.count)].elementsEqual(part)
    }
  }
}
