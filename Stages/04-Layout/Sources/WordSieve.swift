import Contracts
import DocumentModel

/// Sets aside the words that a reader of the page does not see.
struct WordSieve {
  private static let smallest = 1.0  // points: lower text is no text to a reader
  private static let sameplace = 0.25  // of the height: double printing is shifted less

  private struct Place: Hashable {
    let text: String
    let x: Int
    let y: Int
  }

  /// - Parameter isBlank: whether the page shows nothing in a box; nil where that cannot be known.
  /// - Parameter isScan: whether an image is the page: its layer's words may lie beside the print that they were read from.
  /// - Parameter undrawn: what the raster lacks though the page shows it: a blank place says nothing about that.
  /// - Returns: the indices of the words kept, and the others with the reason; both ascending.
  static func sift(
    _ words: [Word], page: PageSize, isScan: Bool = false, undrawn: Undrawn = .nothing,
    isBlank: ((BoundingBox) -> Bool)?
  ) -> (kept: [Int], dropped: [DroppedWord]) {
    var kept: [Int] = []
    var dropped: [DroppedWord] = []
    var seen: [Place: [Int]] = [:]
    for (index, word) in words.enumerated() {
      if let reason = geometricReason(word, page) {
        dropped.append(DroppedWord(word: index, reason: reason))
      } else if isDuplicate(index, words, &seen) {
        dropped.append(DroppedWord(word: index, reason: .duplicate))
      } else {
        kept.append(index)
      }
    }
    let stamp = isScan ? [] : Watermark.words(kept, of: words)
    if !stamp.isEmpty {
      dropped = (dropped + stamp.map { DroppedWord(word: $0, reason: .watermark) }).sorted { $0.word < $1.word }
      kept.removeAll(where: stamp.contains)
    }
    guard let isBlank else { return (kept, dropped) }
    var isHidden = Set(kept.filter { words[$0].source == .textLayer && isBlank(words[$0].box) })
    if isScan { unhide(kept, words, &isHidden) }
    switch undrawn {
    case .nothing: break
    case .fonts:
      let undrawn = undrawnFonts(kept, words, isHidden)
      isHidden = isHidden.filter { isWhite(words[$0]) || !(words[$0].font.map(undrawn.contains) ?? false) }
    case .anything: isHidden = isHidden.filter { isWhite(words[$0]) }
    }
    let hidden = kept.filter(isHidden.contains)
    guard !hidden.isEmpty else { return (kept, dropped) }
    dropped += hidden.map { DroppedWord(word: $0, reason: .invisible) }
    return (kept.filter { !isHidden.contains($0) }, dropped.sorted { $0.word < $1.word })
  }

  /// The fonts most of whose words lie where nothing is printed; the others may lie on something else.
  private static func undrawnFonts(_ kept: [Int], _ words: [Word], _ isHidden: Set<Int>) -> Set<Int> {
    var balance: [Int: Int] = [:]
    for index in kept {
      if let font = words[index].font { balance[font, default: 0] += isHidden.contains(index) ? 1 : -1 }
    }
    return Set(balance.lazy.filter { $0.value > 0 }.map(\.key))
  }

  /// Such text hides by its colour, whatever else could not be drawn.
  private static func isWhite(_ word: Word) -> Bool { word.color == "ffffff" }

  private static let wordSpace = 1.0  // of the height: from a word to the next in its line

  /// Takes out of the hidden words those that go on a line whose other words lie on print.
  private static func unhide(_ kept: [Int], _ words: [Word], _ isHidden: inout Set<Int>) {
    let pairs = Array(zip(kept, kept.dropFirst()))
    for (last, next) in pairs + pairs.reversed() where areNeighbours(words[last], words[next]) {
      if !isHidden.contains(last) { isHidden.remove(next) }
      if !isHidden.contains(next) { isHidden.remove(last) }
    }
  }

  private static func areNeighbours(_ a: Word, _ b: Word) -> Bool {
    let height = min(a.box.height, b.box.height)
    return a.turn == .none && b.turn == .none && a.box.verticalOverlap(b.box) > 0.5 * height
      && max(b.box.left - a.box.right, a.box.left - b.box.right) <= wordSpace * height
  }

  private static func geometricReason(_ word: Word, _ page: PageSize) -> DroppedWord.Reason? {
    if word.text.unicodeScalars.allSatisfy({ $0.isSpace || isZeroWidth($0) }) { return .invisible }
    if word.source == .textLayer, word.text.unicodeScalars.allSatisfy(isNoCharacter) { return .notText }
    if !page.bounds.contains(x: word.box.midX, y: word.box.midY) { return .offPage }
    let across = word.turn == .none || word.turn == .half ? word.box.height : word.box.width
    return across < smallest ? .tooSmall : nil
  }

  /// Signs without a mark, as some word processors leave at every change of type; a soft hyphen at a line's end has one,
  /// and joiners are of the spelling of the word that they stand in.
  private static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
    scalar.category == .format && ![0xAD, 0x200C, 0x200D].contains(scalar.value)
  }

  /// Controls, unassigned and private characters; not the private ones of symbol fonts, which serve as bullets.
  private static func isNoCharacter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.category {
    case .control, .unassigned, .spaceSeparator: true
    case .privateUse: !(0xF020...0xF0FF).contains(scalar.value)
    default: scalar.value == 0xFFFD
    }
  }

  /// Whether the same letters stand at the same place already: looked up by place, rounded both ways.
  private static func isDuplicate(_ index: Int, _ words: [Word], _ seen: inout [Place: [Int]]) -> Bool {
    let word = words[index]
    let step = 4.0  // points: finer than a letter, coarser than the shift of double printing
    let x = Int((word.box.midX / step).rounded(.down))
    let y = Int((word.box.midY / step).rounded(.down))
    for dx in -1...1 {
      for dy in -1...1 {
        for other in seen[Place(text: word.text, x: x + dx, y: y + dy)] ?? [] where same(word, words[other]) {
          return true
        }
      }
    }
    seen[Place(text: word.text, x: x, y: y), default: []].append(index)
    return false
  }

  private static func same(_ a: Word, _ b: Word) -> Bool {
    let slack = max(sameplace * min(a.box.height, b.box.height), 0.5)
    return a.turn == b.turn && abs(a.box.midX - b.box.midX) <= slack && abs(a.box.midY - b.box.midY) <= slack
      && abs(a.box.width - b.box.width) <= 2 * slack
  }
}
