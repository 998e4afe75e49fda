import Contracts
import DocumentModel

/// Reads entries as lines of a printed table of contents: a title, dot leaders or a gap, and a page number.
enum ContentsReading {
  static func lines(_ element: Element, entry: Int, page: Int) -> [Survey.ContentsLine] {
    switch element.kind {
    case .paragraph, .listItem, .heading, .keyValue:
      var text = String(element.text.prefix(mostText))
      if let marker = element.list?.marker, marker.contains(where: \.isNumber) { text = marker + " " + text }
      let titles = Self.titles(text)
      return titles.map { Survey.ContentsLine(entry: entry, page: page, title: $0, left: element.box.left) }
    case .table: return table(element, entry: entry, page: page)
    default: return []
    }
  }

  /// Whether a short text ends in a page number, as lines of contents without leaders do.
  static func endsInNumber(_ element: Element) -> Bool {
    guard element.kind == .paragraph || element.kind == .listItem || element.kind == .heading,
      element.typography.lines <= 2, element.runs.reduce(0, { $0 + $1.text.utf8.count }) < longestLine
    else { return false }
    let words = element.text.split(whereSeparator: \.isWhitespace)
    // "Chapter 2" is a heading, "Methods 2" may be a line of contents.
    return words.count > (element.kind == .heading ? 2 : 1) && words.last.map { isPageNumber(String($0)) } ?? false
  }

  /// The titles of a text that is nothing but lines of contents; none where it is something else.
  private static func titles(_ text: String) -> [PlainTitle] {
    var found: [PlainTitle] = []
    var title: [Substring] = []
    var leaders = false
    for word in text.split(whereSeparator: \.isWhitespace) {
      if isLeader(word) {
        leaders = true
        continue
      }
      let (rest, own, number) = split(word)
      if leaders || own, number, !title.isEmpty || !rest.isEmpty {
        if !rest.isEmpty { title.append(rest) }
        found.append(PlainTitle(title.joined(separator: " ")))
        (title, leaders) = ([], false)
      } else {
        if leaders { return [] }
        title.append(word)
      }
    }
    return title.isEmpty && !leaders ? found.filter { !$0.isEmpty } : []
  }

  /// Three dots or more, or the like in other signs.
  private static func isLeader(_ word: Substring) -> Bool {
    !word.isEmpty && word.unicodeScalars.allSatisfy(isLeaderSign)
  }

  /// Parts `Methods.....12` and tells whether a word is a page number.
  private static func split(_ word: Substring) -> (rest: Substring, leaders: Bool, number: Bool) {
    let scalars = word.unicodeScalars
    let tail = scalars.suffix(while: { $0.isLetter || $0.isNumeral })
    let head = scalars[..<tail.startIndex]
    let dots = head.suffix(while: isLeaderSign)
    let number = isPageNumber(String(tail))
    if dots.count >= 3 { return (Substring(head[..<dots.startIndex]), true, number) }
    return ("", false, isPageNumber(String(word)))
  }

  static func isPageNumber(_ text: String) -> Bool {
    guard !text.isEmpty, text.utf8.count <= 7 else { return false }
    if text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) { return text.utf8.count <= 4 }
    if text.lowercased().allSatisfy({ "ivxlc".contains($0) }) { return true }
    // "A-3", "B.12": pages of an appendix.
    let parts = text.split(whereSeparator: { $0 == "-" || $0 == "." || $0 == "–" })
    return parts.count == 2 && parts[0].utf8.count <= 2 && parts[1].utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }

  /// A table whose last column is page numbers throughout.
  private static func table(_ element: Element, entry: Int, page: Int) -> [Survey.ContentsLine] {
    guard let table = element.table, table.columns >= 2, table.columns <= 4 else { return [] }
    var rows: [Int: (title: String, number: String, left: Double)] = [:]
    for cell in table.cells {
      var row = rows[cell.row] ?? ("", "", element.box.left)
      if cell.column + cell.columnSpan == table.columns, cell.columnSpan == 1 {
        row.number = cell.text
      } else {
        row.title += (row.title.isEmpty ? "" : " ") + cell.text
      }
      rows[cell.row] = row
    }
    let filled = rows.keys.sorted().compactMap { rows[$0] }.filter { !$0.title.isEmpty }
    let numbered = filled.filter { isPageNumber($0.number) }
    // Contents count upwards; other tables of words and numbers seldom do.
    let numbers = numbered.compactMap { Int($0.number) }
    guard numbered.count >= fewest, numbered.count * 10 >= filled.count * 8, numbers == numbers.sorted(),
      Set(numbers).count > 1 || numbers.isEmpty
    else { return [] }
    return numbered.map { row in
      let title = row.title.split(separator: " ").filter { !isLeader($0) }.joined(separator: " ")
      return Survey.ContentsLine(entry: entry, page: page, title: PlainTitle(title), left: row.left)
    }
  }

  /// Underscores and bullets as well: what stands here has been found to end in numbers.
  private static func isLeaderSign(_ scalar: Unicode.Scalar) -> Bool {
    LeaderSign.isLeader(scalar) || scalar == "•" || scalar == "_"
  }

  private static let mostText = 20_000  // characters: a whole page of contents in one paragraph
  private static let longestLine = 160  // bytes
  private static let fewest = 4  // rows
}

extension BidirectionalCollection {
  fileprivate func suffix(while holds: (Element) -> Bool) -> SubSequence {
    var start = endIndex
    while start > startIndex, holds(self[index(before: start)]) { start = index(before: start) }
    return self[start...]
  }
}
