import DocumentModel

/// Takes away emphasis that is none: what a program took from another font within a word or a number.
///
/// Formulas have their full stops, commas and strokes from the font of their letters, and some fonts their ligatures
/// from an italic one: `2.05` and `effective` are not emphasised in the middle.
enum EmphasisNoise {
  static func remove(from pieces: inout [RunPiece]) {
    for index in pieces.indices {
      let piece = pieces[index]
      if let script = script(of: pieces, at: index) {
        pieces[index].style = script
        continue
      }
      guard piece.style.isDisjoint(with: scripts) else { continue }
      let before = index > 0 ? pieces[index - 1] : nil
      let after = index + 1 < pieces.count ? pieces[index + 1] : nil
      let place = Place(
        before: before, after: after, isJoinedBefore: piece.gap.isEmpty, isJoinedAfter: after?.gap.isEmpty ?? false)
      let wanted = isSign(piece.text) ? place.sign(piece) : isLigature(piece.text) ? place.ligature(piece) : nil
      guard let wanted else { continue }
      pieces[index].style = piece.style.subtracting(emphasis).union(wanted)
    }
  }

  /// The style of the script that a small sign stands in, as the comma of two indices: signs are not seen as lowered.
  private static func script(of pieces: [RunPiece], at index: Int) -> TextStyle? {
    let piece = pieces[index]
    guard piece.isSmall, piece.style.isDisjoint(with: scripts), isSign(piece.text), index > 0, index + 1 < pieces.count,
      piece.gap.isEmpty, pieces[index + 1].gap.isEmpty
    else { return nil }
    let (before, after) = (pieces[index - 1].style, pieces[index + 1].style)
    let shared = before.intersection(after)
    return shared.isDisjoint(with: scripts) ? nil : shared
  }

  private static let scripts: TextStyle = [.superscript, .subscript]
  private static let emphasis: TextStyle = [.bold, .italic]

  /// A piece's neighbours, and whether they stand at it without a space.
  private struct Place {
    let before: RunPiece?
    let after: RunPiece?
    let isJoinedBefore: Bool
    let isJoinedAfter: Bool

    /// Signs have the emphasis of a neighbour that they stand at, else of both.
    func sign(_ piece: RunPiece) -> TextStyle {
      let (left, right) = (before.map(Self.own) ?? [], after.map(Self.own) ?? [])
      let (joinsLeft, joinsRight) = (isJoinedBefore && before != nil, isJoinedAfter && after != nil)
      let own = Self.own(piece)
      if joinsLeft || joinsRight {
        let beside = (joinsLeft ? left : []).union(joinsRight ? right : [])
        let inner = joinsLeft && joinsRight && EmphasisNoise.isLink(piece.text) ? left.intersection(right) : []
        return own.intersection(beside).union(piece.style.contains(.code) ? [] : inner)
      }
      return own.intersection(left).intersection(right)
    }

    /// A ligature has the emphasis of the letters that it stands at; nil where they differ or there are none.
    func ligature(_ piece: RunPiece) -> TextStyle? {
      let left = isJoinedBefore && EmphasisNoise.isLetter(before?.text.unicodeScalars.last) ? before.map(Self.own) : nil
      let right =
        isJoinedAfter && EmphasisNoise.isLetter(after?.text.unicodeScalars.first) ? after.map(Self.own) : nil
      guard let left, let right else { return left ?? right }
      return left == right ? left : nil
    }

    private static func own(_ piece: RunPiece) -> TextStyle { piece.style.intersection(emphasis) }
  }

  private static func isSign(_ text: String) -> Bool {
    !text.isEmpty && !text.unicodeScalars.contains { $0.isLetter || $0.isNumeral }
  }

  private static func isLetter(_ scalar: Unicode.Scalar?) -> Bool { scalar?.isLetter ?? false }

  /// Signs that words grow together with; a bracket would open on one side of the emphasis and close on the other.
  private static func isLink(_ text: String) -> Bool { links.contains(text) }

  private static func isLigature(_ text: String) -> Bool { ligatures.contains(text) }

  private static let links: Set<String> = [".", ",", "/", "-", "–", "’", "'", ":", "&", "_"]
  private static let ligatures: Set<String> = ["ff", "fi", "fl", "ffi", "ffl", "ft", "tt", "Th"]
}
