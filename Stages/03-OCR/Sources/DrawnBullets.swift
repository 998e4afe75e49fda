import Contracts
import DocumentModel
import Leptonica

/// Puts the bullets among the words that a page draws as shapes: browsers print the dots of their lists so, and the
/// text layer knows nothing of them.
struct DrawnBullets {
  /// A mark before a word.
  private struct Mark {
    let word: Int
    let sign: String
    let box: BoundingBox
    let grey: UInt8
  }

  // In em of the word behind:
  private static let reach = 2.2  // from the word towards the margin; nothing else may stand there
  private static let nearest = 0.12  // less is a part of the word
  private static let farthest = 1.7
  private static let above = 1.05  // the baseline: what is looked at
  private static let below = 0.2
  private static let sides = 0.14...0.72
  private static let middle = 0.12...0.62  // above the baseline
  private static let tallest = 4.0  // words beside that are looked at: a chapter's initial

  private static let fewestPixels = 3  // a side: fewer have no shape
  private static let contrast = 48  // grey levels from the ground: fainter is a shade
  private static let fullest = 0.93  // of its box is a square
  private static let fewestInk = 0.4  // of its box: a circle
  private static let company = 2  // marks of one size and shade on a page: a single one may be anything
  private static let like = 0.2  // of the side
  private static let shade = 12  // grey levels: the marks of a legend differ
  private static let largest = 40.0  // points: larger type is a display's
  private static let mostWords = 40_000
  private static let mostMarks = 2_000  // shapes on a page, each held against the words beside it and the others
  private static let level = 0.3  // of the lower word: less in common is another row
  private static let mostPixels = 60_000_000  // looked at on a page: an ordinary one takes some hundred thousand

  private let raster: GreyRaster
  private let page: PageSize
  private let scale: Double
  private let words: [Word]

  /// - Returns: the words with a bullet before each that the page shows one before.
  static func completing(_ words: [Word], page: PageSize, raster: GreyRaster) -> [Word] {
    guard words.count <= mostWords, page.width > 0 else { return words }
    let finder = DrawnBullets(
      raster: raster, page: page, scale: Double(raster.width) / page.width, words: words)
    let marks = finder.marks()
    guard !marks.isEmpty else { return words }
    var before: [Int: Mark] = [:]
    for mark in marks { before[mark.word] = mark }
    return words.indices.flatMap { index in
      guard let mark = before[index] else { return [words[index]] }
      let word = words[index]
      return [
        Word(
          text: mark.sign, box: mark.box, source: .drawn, font: word.font, size: word.size, baseline: word.baseline,
          color: word.color),
        word,
      ]
    }
  }

  private func marks() -> [Mark] {
    let rows = words.indices.sorted { (words[$0].box.midY, $0) < (words[$1].box.midY, $1) }
    var found: [Mark] = []
    var (pixels, shapes) = (Self.mostPixels, 0)
    for index in words.indices where beginsLine(index) {
      let side = words[index].size * scale
      pixels -= Int((Self.reach + 1) * (Self.above + Self.below) * side * side) + 1
      guard pixels > 0, shapes < Self.mostMarks else { break }
      guard let mark = mark(before: index) else { continue }
      shapes += 1
      if isFree(mark, rows) { found.append(mark) }
    }
    return found.filter { mark in
      found.count { other in
        abs(other.box.height - mark.box.height) <= Self.like * mark.box.height + 1 / scale
          && abs(Int(other.grey) - Int(mark.grey)) <= Self.shade
      } >= Self.company
    }
  }

  /// Whether the word that the source has before this one stands elsewhere: all others need no look at the pixels.
  private func beginsLine(_ index: Int) -> Bool {
    let word = words[index]
    let isTurned = isRightToLeft(index)
    guard word.turn == .none, word.size > 0, word.size <= Self.largest, word.source == .textLayer else { return false }
    guard index > 0 else { return true }
    let last = words[index - 1]
    return last.box.verticalOverlap(word.box) < Self.level * min(last.box.height, word.box.height)
      || (isTurned ? last.box.left - word.box.right : word.box.left - last.box.right) > Self.reach * word.size
      || (isTurned ? last.box.right <= word.box.left : last.box.left >= word.box.right)
  }

  /// Whether the mark stands to the right of the word.
  private func isRightToLeft(_ index: Int) -> Bool { words[index].text.holdsRightToLeft }

  /// Whether no word lies where the mark stands, nor between the page's text beyond and the mark.
  private func isFree(_ mark: Mark, _ rows: [Int]) -> Bool {
    let (size, own) = (words[mark.word].size, words[mark.word].box)
    let margin = (Self.reach - Self.farthest) * size
    let isTurned = isRightToLeft(mark.word)
    let tallest = Self.tallest * size
    let from = rows.partitioningIndex { words[$0].box.midY >= mark.box.midY - tallest }
    for index in rows[from...] {
      let box = words[index].box
      if box.midY > mark.box.midY + tallest { break }
      guard index != mark.word, box.top < mark.box.bottom, box.bottom > mark.box.top else { continue }
      if isTurned {
        if box.right > own.right, box.left < mark.box.right + margin { return false }
      } else if box.left < own.left, box.right > mark.box.left - margin {
        return false
      }
    }
    return true
  }

  private func mark(before index: Int) -> Mark? {
    let word = words[index]
    let em = word.size
    let baseline = word.baseline ?? Word.standing(in: word.box, size: em)
    let isTurned = isRightToLeft(index)
    let left = column(isTurned ? word.box.right + Self.nearest * em : word.box.left - Self.reach * em)
    let right = column(isTurned ? word.box.right + Self.reach * em : word.box.left - Self.nearest * em)
    let top = row(baseline - Self.above * em)
    let bottom = row(baseline + Self.below * em)
    guard right - left > Self.fewestPixels, bottom - top > Self.fewestPixels else { return nil }
    guard let ground = ground(left, right, top, bottom) else { return nil }
    var (minX, maxX, minY, maxY, count) = (Int.max, 0, Int.max, 0, 0)
    var strongest = (contrast: 0, grey: UInt8(0))
    for y in top...bottom {
      for x in left...right {
        let grey = raster.pixels[y * raster.width + x]
        let contrast = abs(Int(grey) - Int(ground))
        guard contrast >= Self.contrast else { continue }
        (minX, maxX, minY, maxY, count) = (min(minX, x), max(maxX, x), min(minY, y), max(maxY, y), count + 1)
        if contrast > strongest.contrast { strongest = (contrast, grey) }
      }
    }
    guard count > 0, minX > left, maxX < right, minY > top, maxY < bottom else { return nil }
    let (width, height) = (maxX - minX + 1, maxY - minY + 1)
    let side = em * scale
    guard min(width, height) >= Self.fewestPixels, abs(width - height) <= max(1, max(width, height) / 5),
      Self.sides.contains(Double(width) / side), Self.sides.contains(Double(height) / side)
    else { return nil }
    let box = BoundingBox(
      left: Double(minX) / scale, top: Double(minY) / scale, right: Double(maxX + 1) / scale,
      bottom: Double(maxY + 1) / scale)
    let distance = isTurned ? box.left - word.box.right : word.box.left - box.right
    guard distance <= Self.farthest * em, Self.middle.contains((baseline - box.midY) / em) else {
      return nil
    }
    let isInk = { (x: Int, y: Int) in
      abs(Int(raster.pixels[y * raster.width + x]) - Int(ground)) >= Self.contrast
    }
    let share = Double(count) / Double(width * height)
    let (midX, midY) = ((minX + maxX) / 2, (minY + maxY) / 2)
    // Of a circle of a few pixels an edge may be one of them, left or right of the middle.
    let slack = max(1, width / 4)
    let edges = [
      (-slack...slack).contains { isInk(minX, midY + $0) }, (-slack...slack).contains { isInk(maxX, midY + $0) },
      (-slack...slack).contains { isInk(midX + $0, minY) }, (-slack...slack).contains { isInk(midX + $0, maxY) },
    ]
    guard share >= Self.fewestInk, edges.allSatisfy({ $0 }) else { return nil }
    let sign = !isInk(midX, midY) ? "◦" : share >= Self.fullest ? "▪" : "•"
    return Mark(word: index, sign: sign, box: box, grey: strongest.grey)
  }

  /// The shade of most of an area.
  private func ground(_ left: Int, _ right: Int, _ top: Int, _ bottom: Int) -> UInt8? {
    var counts = [Int](repeating: 0, count: 256)
    for y in top...bottom { for x in left...right { counts[Int(raster.pixels[y * raster.width + x])] += 1 } }
    let most = counts.indices.max { (counts[$0], $1) < (counts[$1], $0) } ?? 255
    return 2 * counts[most] > (right - left + 1) * (bottom - top + 1) ? UInt8(most) : nil
  }

  private func column(_ x: Double) -> Int { Int(min(max(x * scale, 0), Double(raster.width - 1))) }
  private func row(_ y: Double) -> Int { Int(min(max(y * scale, 0), Double(raster.height - 1))) }
}
