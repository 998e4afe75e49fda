/// Orders the ways in which a document numbers its headings, and reads ambiguous numbers by those before them.
struct NumberSeries {
  private var chosen: [HeadingNumber.Series?]
  private var depth: [HeadingNumber.Series: Int] = [:]

  /// - Parameter known: levels that bookmarks gave.
  init(_ candidates: [HeadingCandidate], known: [Int?]) {
    chosen = Array(repeating: nil, count: candidates.count)
    var last: [HeadingNumber.Series: Int] = [:]
    for (index, candidate) in candidates.enumerated() {
      guard let number = candidate.number, let likeliest = number.readings.first else { continue }
      let next = number.readings.first { last[$0.series] == $0.ordinal - 1 && last[$0.series] != nil }
      let reading = next ?? number.readings.first { $0.ordinal == 1 } ?? likeliest
      chosen[index] = reading.series
      last[reading.series] = reading.ordinal
    }
    order(known)
  }

  func level(_ index: Int) -> Int? { chosen[index].flatMap { depth[$0] } }

  /// Series that bookmarks know keep that level; the rest nest in the order in which they first appear.
  private mutating func order(_ known: [Int?]) {
    var votes: [HeadingNumber.Series: [Int: Int]] = [:]
    for (index, series) in chosen.enumerated() {
      if let series, let level = known[index] { votes[series, default: [:]][level, default: 0] += 1 }
    }
    for (series, counts) in votes {
      depth[series] = counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
    }
    var open: [HeadingNumber.Series] = []
    for series in chosen.compactMap({ $0 }) where !open.contains(series) {
      open.append(series)
      guard depth[series] == nil else { continue }
      depth[series] = nested(series, in: open)
    }
  }

  private func nested(_ series: HeadingNumber.Series, in open: [HeadingNumber.Series]) -> Int {
    /// How much deeper decimals lie because something else stands above them.
    func above(_ outer: [HeadingNumber.Series]) -> Int { outer.compactMap { depth[$0] }.max() ?? 0 }
    switch series {
    case .part: return 1
    case .chapter: return above([.part]) + 1
    // An appendix stands beside chapters or, without them, beside first-level sections.
    case .appendix:
      let sections = open.first { $0 == .decimal(depth: 1) || Self.isCapital($0) }
      return depth[.chapter] ?? sections.flatMap { depth[$0] } ?? above([.part]) + 1
    case .decimal(let parts):
      for known in stride(from: parts - 1, through: 1, by: -1) {
        if let level = depth[.decimal(depth: known)] { return level + parts - known }
      }
      let outer = above([.part])
      // "Chapter 3" counts as the first part of "3.1".
      if let chapter = depth[.chapter] ?? depth[.article] { return chapter + max(parts - 1, parts == 1 ? 1 : 0) }
      let numerals = open.first.map { $0 != series && Self.isCapital($0) } ?? false
      return (numerals && parts == 1 ? above(open.filter(Self.isCapital)) : outer) + parts
    case .letteredDecimal(let parts):
      return (depth[.appendix] ?? depth[.letter(upper: true, bracketed: false)] ?? 1) + parts
    case .article, .paragraph: return above(open.filter { $0 == .part || $0 == .chapter || Self.isCapital($0) }) + 1
    case .roman, .letter, .bracketedDecimal:
      // The first series of the document is its outermost; a later one lies inside the one that was open before it.
      guard open.count > 1 else { return 1 }
      return (depth[open[open.count - 2]] ?? 0) + 1
    }
  }

  private static func isCapital(_ series: HeadingNumber.Series) -> Bool {
    switch series {
    case .roman(upper: true, bracketed: false), .letter(upper: true, bracketed: false): true
    default: false
    }
  }
}
