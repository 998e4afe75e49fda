import DocumentModel

/// Words that stand at one height, and the phrases they form.
struct TextRow {
  /// From left to right.
  let words: [TableWord]
  let phrases: [Phrase]
  let box: BoundingBox

  /// Words of a row with no more than ordinary spaces between them.
  struct Phrase {
    let words: ArraySlice<TableWord>
    let box: BoundingBox

    var isNumeric: Bool { words.allSatisfy { $0.value != .text } }
    var text: String { words.map(\.text).joined(separator: " ") }
  }

  /// - Parameter breaks: x at which columns begin, however near the words before are.
  init(_ words: [TableWord], wordGap: Double, breaks: [Double] = []) {
    self.words = words
    box = words.map(\.box).union() ?? BoundingBox(left: 0, top: 0, right: 0, bottom: 0)
    phrases = Self.phrases(words, wordGap: wordGap, breaks: breaks)
  }

  /// The font size that most of the row is set in.
  var size: Double { words.map(\.size).median ?? 0 }

  private static let beside = 0.2  // of a row's height: lines of one text do not reach as far into each other

  /// Whether the rows overlap in height but nowhere across: cells of one row whose lines are not at one height.
  func stands(beside other: TextRow) -> Bool {
    min(box.bottom, other.box.bottom) - max(box.top, other.box.top) >= Self.beside * min(box.height, other.box.height)
      && !phrases.contains { phrase in other.phrases.contains { $0.box.horizontalOverlap(phrase.box) > 0 } }
  }

  /// Puts words into rows, from top to bottom.
  ///
  /// - Parameter wordGap: the widest gap within a phrase, in ems.
  static func rows(of words: [TableWord], wordGap: Double) -> [TextRow] {
    let sorted = words.sorted { ($0.box.midY, $0.box.left, $0.index) < ($1.box.midY, $1.box.left, $1.index) }
    var rows: [[TableWord]] = []
    var top = 0.0
    var bottom = 0.0
    for word in sorted {
      if let count = rows.last?.count, Self.stands(word.box, between: top, and: bottom) {
        rows[rows.count - 1].append(word)
        top += (word.box.top - top) / Double(count + 1)
        bottom += (word.box.bottom - bottom) / Double(count + 1)
      } else {
        rows.append([word])
        (top, bottom) = (word.box.top, word.box.bottom)
      }
    }
    return rows.map { row in
      TextRow(
        row.sorted { ($0.box.left, $0.box.right, $0.index) < ($1.box.left, $1.box.right, $1.index) }, wordGap: wordGap)
    }
  }

  /// Half of the lower of the two must lie beside the other: a superscript does, the next line does not.
  private static func stands(_ box: BoundingBox, between top: Double, and bottom: Double) -> Bool {
    min(bottom, box.bottom) - max(top, box.top) >= 0.5 * min(bottom - top, box.height)
  }

  private static let signReach = 4.0  // ems: how far a currency at a column's left stands from its number
  private static let markReach = 8.0  // ems: the same of a sign; "EUR" may be a column of its own
  private static let numberGap = 0.75  // of the widest gap in a phrase: numbers side by side are sooner two values

  private static let breakSlack = 1.0  // points by which a word may begin before its column does

  private static func phrases(_ words: [TableWord], wordGap: Double, breaks: [Double]) -> [Phrase] {
    var phrases: [Phrase] = []
    var first = 0
    for index in words.indices {
      let isLast = index + 1 == words.count
      if !isLast, !parts(words[index], words[index + 1], wordGap, isUnit: isUnit(words, index, from: first)),
        !breaks.contains(where: { isBreak($0, between: words[index], and: words[index + 1]) })
      {
        continue
      }
      let slice = words[first...index]
      phrases.append(Phrase(words: slice, box: slice.map(\.box).union() ?? words[index].box))
      first = index + 1
    }
    return phrases
  }

  private static func isBreak(_ x: Double, between left: TableWord, and right: TableWord) -> Bool {
    left.box.right <= x && x <= right.box.left + breakSlack
  }

  /// Whether a sign stands behind the number before it, closer than a number behind it does: "30,00 €". A number that
  /// has the sign before it has none behind it: "$ 7,411   $      6,830".
  private static func isUnit(_ words: [TableWord], _ index: Int, from first: Int) -> Bool {
    guard words[index].value == .sign, index > first, words[index - 1].value == .number,
      index < first + 2 || words[index - 2].text != words[index].text
    else { return false }
    return words[index].box.left - words[index - 1].box.right < words[index + 1].box.left - words[index].box.right
  }

  private static func parts(_ left: TableWord, _ right: TableWord, _ wordGap: Double, isUnit: Bool) -> Bool {
    let gap = right.box.left - left.box.right
    let em = max(min(left.size, right.size), 1)
    if left.value == .sign, left.text != "%", !isUnit, right.value.isNumeric {
      return gap > (left.text.count == 1 ? markReach : signReach) * em
    }
    if left.value == .number, right.text == "%" { return gap > em }
    let isNumeric = left.value.isNumeric && right.value.isNumeric
    return gap > wordGap * em * (isNumeric ? numberGap : 1)
  }
}

extension Collection where Element == Double {
  /// The upper median, or nil of none.
  var median: Double? { isEmpty ? nil : sorted()[count / 2] }

  /// The value that the given share lies below.
  func quantile(_ share: Double) -> Double? {
    isEmpty ? nil : sorted()[Swift.min(count - 1, Int(Double(count) * share))]
  }
}
