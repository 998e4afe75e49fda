import DocumentModel

/// Lets a row be a label with its value only in company, or where white space parts the two.
enum PairCompany {
  private static let reach = 3  // rows: pairs of one form stand close

  private static let farthest = 4.5  // em between baselines

  /// - Returns: the rows that begin what someone says, in interviews and plays: text like any other, but each a paragraph.
  static func check(_ rows: [TextRow], _ kinds: inout [RowKind]) -> Set<Int> {
    let pairs = kinds.indices.filter { kinds[$0] == .keyValue }
    var lonely: [Int] = []
    var companies: [[Int]] = []
    for (position, index) in pairs.enumerated() {
      let before = position > 0 && isNear(rows, pairs[position - 1], index)
      let after = position + 1 < pairs.count && isNear(rows, index, pairs[position + 1])
      if before { companies[companies.count - 1].append(index) } else { companies.append([index]) }
      if !before && !after && !isParted(rows[index]) || isSentence(rows, index) { lonely.append(index) }
    }
    let speeches = companies.flatMap { Self.speeches($0, rows, kinds) }
    for index in lonely + speeches { kinds[index] = .text }
    // What runs on below may stand within a text: "Top: …" in a caption.
    return Set(speeches).subtracting(lonely)
  }

  private static func isParted(_ row: TextRow) -> Bool { row.cells(gap: 1.5).count == 2 }

  private static let longValue = 14  // words: forms have room for fewer

  private static let saidShare = 0.75  // of the values: forms hold a sentence or two

  /// The pairs of a company with no white space in them, where nearly all of their values are sentences.
  private static func speeches(_ company: [Int], _ rows: [TextRow], _ kinds: [RowKind]) -> [Int] {
    let close = company.filter { !isParted(rows[$0]) }
    let said = close.count { index in
      let words = value(of: index, rows, kinds)
      return words.count > longValue || endsSentence(words)
    }
    return close.count > 1 && Double(said) > saidShare * Double(close.count) ? close : []
  }

  /// The words behind the colon, and those of the rows of text that follow in the block.
  private static func value(of index: Int, _ rows: [TextRow], _ kinds: [RowKind]) -> [String] {
    var words = Array(rows[index].words.drop { $0.last != ":" && $0.last != "：" }.dropFirst())
    for next in (index + 1)..<min(index + 1 + reach, max(rows.count, index + 1)) {
      guard kinds[next] == .text, rows[next].block == rows[index].block else { break }
      words += rows[next].words
    }
    return words
  }

  private static func endsSentence(_ words: [String]) -> Bool {
    guard let word = words.last else { return false }
    let core = word.reversed().drop { ")]\"'”’»".contains($0) }
    guard let end = core.first else { return false }
    if "!?。！？".contains(end) { return true }
    let letters = String(core.dropFirst().reversed())
    return end == "." && !letters.contains(".") && letters.contains(where: \.isLetter) && letters.count > 1
      && (words.count == 1 || !abbreviations.contains(letters.lowercased()))
  }

  /// What values of forms end with.
  private static let abbreviations: Set<String> = [
    "inc", "ltd", "co", "corp", "llc", "plc", "bros", "gmbh", "st", "ave", "rd", "blvd", "str", "jr", "sr", "no", "nr",
    "pcs", "approx", "etc", "dept", "tel", "ext", "max", "min", "incl", "excl",
  ]

  private static func isNear(_ rows: [TextRow], _ a: Int, _ b: Int) -> Bool {
    b - a <= reach && rows[a].column == rows[b].column
      && abs(rows[b].baseline - rows[a].baseline) <= farthest * max(rows[a].size, rows[b].size)
  }

  /// A row that fills its line and goes on below is prose with a colon.
  private static func isSentence(_ rows: [TextRow], _ index: Int) -> Bool {
    let row = rows[index]
    guard index + 1 < rows.count, row.words.count >= 8, rows[index + 1].block == row.block else { return false }
    let next = rows[index + 1]
    return abs(next.lead - row.lead) < 1 && next.words.first?.unicodeScalars.first?.isSmall == true
  }
}
