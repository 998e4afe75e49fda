import DocumentModel
import Foundation

/// Finds the words of a stamp that lies across a page, over or under its text: "DRAFT", "COPY", a firm's name.
enum Watermark {
  private static let large = 2.5  // of the size that most letters have
  private static let pale = 0.55  // of white: darker letters over or under text could not be read with it
  private static let mostPieces = 400  // beyond it large letters are what the page is about
  private static let leastPieces = 4  // fewer may stand askew by chance
  private static let pieceLetters = 3.0  // on average: letters on a slant are no words to a text layer
  private static let near = 2.2  // of the size: from a piece to the next
  private static let slant = 15.0...75.0  // degrees
  private static let mostAstray = 0.2  // of the pieces: where two lines of a stamp meet, or one letter is narrow
  private static let leastCrossed = 5  // words: a stamp behind text has some before it

  private struct Style: Hashable {
    let font: Int?
    let size: Double
    let color: String?
  }

  /// - Parameter kept: indices of the words to look at.
  /// - Returns: those that are parts of a stamp.
  static func words(_ kept: [Int], of words: [Word]) -> Set<Int> {
    let layer = kept.filter { words[$0].source == .textLayer }
    guard let usual = usualSize(layer, words) else { return [] }
    let pieces = layer.filter { words[$0].size >= large * usual }
    guard pieces.count <= mostPieces else { return [] }
    var styles: [Style: [Int]] = [:]
    for index in pieces {
      let word = words[index]
      styles[Style(font: word.font, size: word.size, color: word.color), default: []].append(index)
    }
    var found: Set<Int> = []
    for (style, pieces) in styles {
      let boxes = pieces.map { words[$0].box }
      let others = layer.lazy.map { words[$0] }.filter { $0.size < large * usual }
      let crossed = others.filter { other in boxes.contains { $0.contains(x: other.box.midX, y: other.box.midY) } }
        .prefix(leastCrossed).count
      let isPale = brightness(style.color) >= pale
      let isStamp =
        isSlanted(pieces, words, size: style.size)
        ? isPale || crossed == leastCrossed : isPale && crossed == leastCrossed
      if isStamp { found.formUnion(pieces) }
    }
    return found
  }

  /// The size of most letters in points; nil without any.
  private static func usualSize(_ indices: [Int], _ words: [Word]) -> Double? {
    var letters: [Double: Int] = [:]
    for index in indices { letters[words[index].size, default: 0] += words[index].text.unicodeScalars.count }
    return letters.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// Whether pieces of words follow each other neither across nor down the page.
  private static func isSlanted(_ pieces: [Int], _ words: [Word], size: Double) -> Bool {
    let letters = pieces.reduce(0) { $0 + words[$1].text.unicodeScalars.count }
    guard pieces.count >= leastPieces, Double(letters) <= pieceLetters * Double(pieces.count)
    else { return false }
    let astray = pieces.count { piece in
      let box = words[piece].box
      let steps = pieces.lazy.filter { $0 != piece }.map { other in
        (x: abs(words[other].box.midX - box.midX), y: abs(words[other].box.midY - box.midY))
      }
      guard let step = steps.min(by: { hypot($0.x, $0.y) < hypot($1.x, $1.y) }), hypot(step.x, step.y) <= near * size
      else { return true }
      return !slant.contains(atan2(step.y, step.x) * 180 / .pi)
    }
    return Double(astray) <= mostAstray * Double(pieces.count)
  }

  /// From 0 for black, which is what a word without a colour has, to 1 for white.
  private static func brightness(_ color: String?) -> Double {
    guard let color, color.utf8.count == 6, let value = Int(color, radix: 16) else { return 0 }
    let (red, green, blue) = (Double(value >> 16 & 0xFF), Double(value >> 8 & 0xFF), Double(value & 0xFF))
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255
  }
}
