import Contracts
import DocumentModel

/// The lines of one page with their places: where labels and values are looked for.
struct PageText {
  /// A stretch of words that stand close together on one line.
  struct Segment {
    let text: String
    let scalars: Scalars
    let tokens: [TextToken]
    let box: BoundingBox
    /// Indices into the page's words, and where each begins in the text.
    let words: [Int]
    let starts: [Int]
    let confidence: Double
    /// Index of the row it stands in.
    var row = 0

    var height: Double { box.height }
  }

  let number: Int
  let size: PageSize
  /// From top to bottom by row, and from left to right within a row.
  let segments: [Segment]
  /// Ranges of the segments, one for each row.
  let rows: [Range<Int>]
  private let boxes: [BoundingBox]

  init(number: Int, words: OCROutput, layout: LayoutOutput) {
    let upright = layout.lines.filter { $0.turn == layout.turn }
    var drafts = upright.prefix(Self.mostLines).compactMap { Self.segment($0, words.words) }
    drafts.sort { ($0.box.midY, $0.box.left) < ($1.box.midY, $1.box.left) }
    var rows: [Range<Int>] = []
    var ordered: [Segment] = []
    var start = 0
    while start < drafts.count {
      // A row takes what stands as high as its first segment; scans are skewed, so the row's middle follows.
      var middle = drafts[start].box.midY
      var end = start + 1
      while end < drafts.count,
        drafts[end].box.midY - middle <= Self.rowTolerance * max(drafts[end].height, drafts[start].height)
      {
        middle = (middle * Double(end - start) + drafts[end].box.midY) / Double(end - start + 1)
        end += 1
      }
      let row = drafts[start..<end].sorted { ($0.box.left, $0.box.top) < ($1.box.left, $1.box.top) }
      rows.append(ordered.count..<ordered.count + row.count)
      for var segment in row {
        segment.row = rows.count - 1
        ordered.append(segment)
      }
      start = end
    }
    self.number = number
    self.size = layout.size
    self.segments = ordered
    self.rows = rows
    boxes = words.words.map(\.box)
  }

  private static func segment(_ line: Line, _ words: [Word]) -> Segment? {
    var text = ""
    var starts: [Int] = []
    var kept: [Int] = []
    var offset = 0
    var sum = 0.0
    let gap = letterGap(line, words)
    for (position, index) in line.words.enumerated() where words.indices.contains(index) && offset < longest {
      let word = words[index]
      if !text.isEmpty, position > 0,
        !(words.indices.contains(line.words[position - 1]) && words[line.words[position - 1]].joinsNext),
        !isSpacedOut(line.words[position - 1], index, words, gap)
      {
        text += " "
        offset += 1
      }
      kept.append(index)
      starts.append(offset)
      text += word.text
      offset += word.text.unicodeScalars.count
      sum += word.confidence.value
    }
    guard !kept.isEmpty else { return nil }
    return Segment(
      text: text, scalars: Scalars(text), tokens: TextToken.tokens(of: text), box: line.box, words: kept,
      starts: starts,
      confidence: sum / Double(kept.count))
  }

  /// The white between two letters of a line whose words are spaced out: "N O R T H B E A M"; nil for other lines.
  private static func letterGap(_ line: Line, _ words: [Word]) -> Double? {
    let found = line.words.prefix(longest).filter { words.indices.contains($0) }.map { words[$0] }
    let letters = found.count { $0.text.unicodeScalars.count == 1 && $0.text.allSatisfy(\.isLetter) }
    guard letters >= fewestLetters, letters * 4 >= found.count * 3 else { return nil }
    let gaps = zip(found, found.dropFirst()).map { $1.box.left - $0.box.right }.sorted()
    return gaps[gaps.count / 2]
  }

  /// Whether two words of a spaced-out line are letters of one.
  private static func isSpacedOut(_ one: Int, _ next: Int, _ words: [Word], _ gap: Double?) -> Bool {
    guard let gap, words.indices.contains(one) else { return false }
    return words[next].box.left - words[one].box.right < Self.wordGap * gap
  }

  /// Where a range of a segment's text stands: the box of its words.
  func provenance(_ segment: Segment, _ range: Range<Int>) -> Provenance {
    var words: [Int] = []
    for (index, word) in segment.words.enumerated() {
      let end = index + 1 < segment.starts.count ? segment.starts[index + 1] : segment.scalars.count
      if segment.starts[index] < range.upperBound, end > range.lowerBound { words.append(word) }
    }
    let box = words.map { boxes[$0] }.union() ?? segment.box
    return Provenance(page: number, box: box, words: words)
  }

  /// A word of the page by itself.
  struct PlacedWord {
    let text: String
    let box: BoundingBox
    /// Indices into the page's words.
    let indices: [Int]
  }

  /// The words of a row, segment by segment; those without a space between them are one.
  func words(in row: Range<Int>) -> [PlacedWord] {
    segments[row].flatMap { segment in
      var words: [PlacedWord] = []
      var isJoined = false
      for place in segment.words.indices {
        let end = place + 1 < segment.starts.count ? segment.starts[place + 1] : segment.scalars.count
        let text = segment.scalars.text(segment.starts[place]..<end)
        let word = PlacedWord(
          text: text.last == " " ? String(text.dropLast()) : text, box: boxes[segment.words[place]],
          indices: [segment.words[place]])
        if isJoined, let last = words.popLast() {
          words.append(
            PlacedWord(text: last.text + word.text, box: last.box.union(word.box), indices: last.indices + word.indices)
          )
        } else {
          words.append(word)
        }
        isJoined = text.last != " "
      }
      return words
    }
  }

  func box(ofWord word: Int, in segment: Segment) -> BoundingBox { boxes[segment.words[word]] }

  func provenance(of indices: [Int]) -> Provenance {
    let words = indices.flatMap { segments[$0].words }
    return Provenance(page: number, box: words.map { boxes[$0] }.union() ?? size.bounds, words: words)
  }

  /// The segments to the right in the same row, nearest first.
  func right(of index: Int) -> Range<Int> { index + 1..<rows[segments[index].row].upperBound }

  /// The segments below that share some of its width, nearest first, within some lines.
  ///
  /// - Parameter box: the part of the segment whose column counts; all of it if nil.
  func below(_ index: Int, lines: Int = 3, under box: BoundingBox? = nil) -> [Int] {
    let anchor = segments[index]
    let column = box ?? anchor.box
    var found: [Int] = []
    var rowsSeen = 0
    for row in rows[(anchor.row + 1)...].prefix(lines + Self.rowsLookedAt) {
      let here = rows(row, under: column)
      if here.isEmpty { continue }
      let gap = segments[here[0]].box.top - (found.last.map { segments[$0].box.bottom } ?? anchor.box.bottom)
      if gap > Self.mostGap * max(anchor.height, segments[here[0]].height) { break }
      found.append(here[0])
      rowsSeen += 1
      if rowsSeen == lines { break }
    }
    return found
  }

  /// Those of a row that stand under a segment, the one that lines up with its left edge first.
  private func rows(_ row: Range<Int>, under column: BoundingBox) -> [Int] {
    row.filter {
      segments[$0].box.horizontalOverlap(column) > 0 || abs(segments[$0].box.left - column.left) < column.height
    }
    .sorted { abs(segments[$0].box.left - column.left) < abs(segments[$1].box.left - column.left) }
  }

  private static let fewestLetters = 4  // of a spaced-out line
  private static let wordGap = 1.5  // times the white between letters is that between words
  private static let rowTolerance = 0.5  // of the taller segment's height: a baseline apart is another row
  private static let mostGap = 1.8  // heights of a line between a label and what stands below it
  private static let rowsLookedAt = 6  // rows of other columns may stand between
  private static let mostLines = 5_000  // a page of fine print has some hundreds
  private static let longest = 2_000  // scalars of a line that are read
}
