import DocumentModel
import Tesseract

/// Ones that the engine read as strokes or letters: a figure 1 without a foot is the same shape as `|`, `l` or `I`.
///
/// A stroke is a one where it stands alone, as high as the number above or below it in the same column.
enum LoneOnes {
  private static let shapes: Set<String> = ["|", "l", "I"]
  private static let alikeHeight = 0.75...1.2  // of the number's height: rules and bars are higher, dots lower
  private static let apart = 1.0  // of the number's height: what stands closer is the same text
  private static let rows = 3.5  // of the number's height: how far the next number of the column may be
  private static let mostShapes = 400  // looked at on a page: more are hatching

  /// - Parameter found: the page's words.
  /// - Returns: the indices of words that are ones.
  static func find(in found: [Reading.Found]) -> Set<Int> {
    let strokes = found.indices.filter { shapes.contains(found[$0].word.text) && found[$0].word.turn == .none }
    guard !strokes.isEmpty, strokes.count <= mostShapes else { return [] }
    return Set(strokes.filter { isOne(found[$0].box, in: found, at: $0) })
  }

  private static func isOne(_ box: BoundingBox, in found: [Reading.Found], at stroke: Int) -> Bool {
    // A column of ones alone says nothing, so the nearest that is no stroke itself is asked.
    let column = found.indices.filter { index in
      let other = found[index].box
      return index != stroke && !shapes.contains(found[index].word.text) && found[index].word.turn == .none
        && other.left - other.height < box.midX && box.midX < other.right + other.height
    }
    let above = column.filter { found[$0].box.bottom <= box.midY }.max { found[$0].box.bottom < found[$1].box.bottom }
    let below = column.filter { found[$0].box.top >= box.midY }.min { found[$0].box.top < found[$1].box.top }
    return [above, below].contains { index in
      guard let index, isNumber(found[index].word.text) else { return false }
      let number = found[index].box
      let distance = max(box.top - number.bottom, number.top - box.bottom)
      return distance <= rows * number.height && alikeHeight.contains(box.height / number.height)
        && isAlone(box, in: found, but: stroke, within: apart * number.height)
    }
  }

  private static func isAlone(
    _ box: BoundingBox, in found: [Reading.Found], but stroke: Int, within distance: Double
  ) -> Bool {
    let around = BoundingBox(
      left: box.left - distance, top: box.top, right: box.right + distance, bottom: box.bottom)
    return !found.indices.contains { $0 != stroke && found[$0].box.intersects(around) }
  }

  /// Figures with what numbers have between and around them.
  private static func isNumber(_ text: String) -> Bool {
    text.unicodeScalars.contains { ("0"..."9").contains($0) }
      && text.unicodeScalars.allSatisfy { ("0"..."9").contains($0) || marks.contains($0) }
  }

  private static let marks = Set(".,%()+-–−<>$€£±".unicodeScalars)
}
