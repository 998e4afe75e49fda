import Contracts
import DocumentModel

/// A row that names the columns of positions, and which words below belong to which.
struct ItemHead {
  struct Column {
    var text: String
    let kind: LineItemNames.Column?
    var box: BoundingBox
  }

  private(set) var columns: [Column]
  /// The page's rows it covers.
  let rows: Range<Int>
  let description: Int

  var box: BoundingBox { columns.map(\.box).union() ?? columns[description].box }

  /// - Returns: nil where a row does not name descriptions and an amount or a price.
  init?(_ page: PageText, row: Int, names: LineItemNames) {
    let words = page.words(in: page.rows[row])
    guard words.count <= Self.mostWords, words.count >= 2,
      words.allSatisfy({ !$0.text.contains(where: \.isNumber) })
    else { return nil }
    var columns = Self.clusters(words, gap: Self.gap).flatMap { Self.parted($0, names) }
    let kinds = columns.compactMap(\.kind)
    guard let description = columns.firstIndex(where: { $0.kind == .description }),
      kinds.contains(.amount) || kinds.contains(.unitPrice), kinds.count * 2 >= columns.count,
      Set(kinds).count >= Self.fewestKinds || columns.count == 2
    else { return nil }
    var end = row + 1
    if let next = page.rows[safe: end], let more = Self.secondLine(page.words(in: next), columns) {
      for (place, word) in more {
        columns[place].text += " " + word.text
        columns[place].box = columns[place].box.union(word.box)
      }
      end += 1
    }
    self.columns = columns
    self.description = description
    rows = row..<end
  }

  /// The words of a second line of heads, each with the column it stands under.
  private static func secondLine(_ words: [PageText.PlacedWord], _ columns: [Column]) -> [(Int, PageText.PlacedWord)]? {
    guard !words.isEmpty, words.count <= mostWords, let top = words.map(\.box.top).min(),
      let head = columns.map(\.box).union(), top - head.bottom < head.height * leading
    else { return nil }
    var found: [(Int, PageText.PlacedWord)] = []
    for word in words {
      guard !word.text.contains(where: \.isNumber),
        let place = columns.firstIndex(where: { $0.box.horizontalOverlap(word.box) > 0 }),
        columns[place].kind != .description
      else { return nil }
      found.append((place, word))
    }
    return found
  }

  /// The column of descriptions as far left as text stands that reaches below its head: heads may stand in the middle.
  func widened(by rows: [[PageText.PlacedWord]]) -> ItemHead {
    var head = self
    let own = columns[description].box
    let before = columns[..<description].map(\.box.right).max() ?? -.infinity
    var left = own.left
    for row in rows {
      for cluster in Self.clusters(row, gap: Self.gap) {
        let box = cluster.map(\.box).union() ?? own
        guard box.horizontalOverlap(own) > 0, box.left > before,
          cluster.contains(where: { $0.text.count(where: \.isLetter) >= 3 })
        else { continue }
        left = min(left, box.left)
      }
    }
    head.columns[description].box = BoundingBox(left: left, top: own.top, right: own.right, bottom: own.bottom)
    return head
  }

  func isAmount(_ column: Int) -> Bool {
    let kinds = columns.map(\.kind)
    return columns[column].kind == (kinds.contains(.amount) ? .amount : .unitPrice)
  }

  /// The words of a row by column, from left to right.
  func cells(_ words: [PageText.PlacedWord]) -> [ItemGrid.Cell] {
    var placed: [Int: [PageText.PlacedWord]] = [:]
    for cluster in Self.clusters(words, gap: Self.gap) {
      var rest = Self.grouped(cluster)[...]
      // Words that stand before the descriptions are numbers of positions or codes.
      let left = columns[description].box.left
      while description > 0, let word = rest.first, word.box.right <= left + word.box.height * Self.slack {
        placed[nearest(word.box, in: 0..<description), default: []].append(word)
        rest = rest.dropFirst()
      }
      guard let first = rest.first else { continue }
      if isDescription(first, rest) {
        // Numbers that reach under the next heads are theirs, however close the text comes.
        while let (column, count) = tail(rest) {
          placed[column, default: []] += rest.suffix(count)
          rest = rest.dropLast(count)
        }
        placed[description, default: []] += rest
      } else {
        for word in rest { placed[nearest(word.box, in: columns.indices), default: []].append(word) }
      }
    }
    return placed.sorted { $0.key < $1.key }.map { column, words in
      let words = words.sorted { $0.box.left < $1.box.left }
      return ItemGrid.Cell(
        text: words.map(\.text).joined(separator: " "), column: column,
        box: words.map(\.box).union() ?? columns[column].box, words: words.flatMap(\.indices))
    }
  }

  /// Text that begins before the next column does.
  private func isDescription(_ first: PageText.PlacedWord, _ words: ArraySlice<PageText.PlacedWord>) -> Bool {
    let right = words.last?.box.right ?? first.box.right
    guard first.box.left >= columns[description].box.left - first.box.height * Self.slack else { return false }
    guard let next = columns[safe: description + 1]?.box.left else { return true }
    let own = columns[description].box
    if first.box.left >= next { return false }
    if !words.contains(where: { $0.text.contains(where: \.isLetter) }) {
      return right < next && nearest(first.box, in: columns.indices) == description
    }
    return first.box.left < own.right || nearest(first.box, in: columns.indices) == description
      || right < next && words.count > 1
  }

  /// The column that the last words of a text are rather in, and how many: "6" or "6 ST" that lines up with a head.
  private func tail(_ words: ArraySlice<PageText.PlacedWord>) -> (column: Int, count: Int)? {
    func isNumber(_ word: PageText.PlacedWord) -> Bool {
      word.text.contains(where: \.isNumber) && !word.text.contains(where: \.isLetter)
    }
    guard let last = words.last else { return nil }
    let count =
      isNumber(last) ? 1 : last.text.count <= Self.unit && words.dropLast().last.map(isNumber) ?? false ? 2 : 0
    guard count > 0, words.count > count, let first = words.suffix(count).first else { return nil }
    let slack = last.box.height * Self.slack
    let column = columns.indices.first { column in
      let head = columns[column].box
      return column > description
        && (abs(head.right - last.box.right) < slack || abs(head.left - first.box.left) < slack)
    }
    return column.map { ($0, count) }
  }

  /// The column whose head a word stands under, or whose edges or middle it comes nearest to.
  private func nearest(_ box: BoundingBox, in range: Range<Int>) -> Int {
    func distance(_ head: BoundingBox) -> Double {
      min(abs(head.left - box.left), abs(head.right - box.right), abs(head.midX - box.midX))
        - (head.horizontalOverlap(box) > 0 ? box.height : 0)
    }
    return range.min { distance(columns[$0].box) < distance(columns[$1].box) } ?? description
  }

  /// Words that stand close together.
  private static func clusters(_ words: [PageText.PlacedWord], gap: Double) -> [[PageText.PlacedWord]] {
    var clusters: [[PageText.PlacedWord]] = []
    for word in words.sorted(by: { ($0.box.left, $0.indices[0]) < ($1.box.left, $1.indices[0]) }) {
      if let last = clusters.last?.last, word.box.left - last.box.right < gap * max(word.box.height, last.box.height) {
        clusters[clusters.count - 1].append(word)
      } else {
        clusters.append([word])
      }
    }
    return clusters
  }

  /// Numbers whose groups of three digits stand closer than columns do, as one word: "3 885,00".
  private static func grouped(_ words: [PageText.PlacedWord]) -> [PageText.PlacedWord] {
    var grouped: [PageText.PlacedWord] = []
    for word in words {
      let text = Scalars(word.text)
      let digits = text.digits(from: 0)
      if let last = grouped.last, digits == 3, digits == text.count || text[3] == "," || text[3] == ".",
        let first = last.text.split(separator: " ").first, first.count <= 3,
        last.text.allSatisfy({ $0.isNumber || $0 == " " }),
        word.box.left - last.box.right < narrow * word.box.height
      {
        grouped[grouped.count - 1] = PageText.PlacedWord(
          text: last.text + " " + word.text, box: last.box.union(word.box), indices: last.indices + word.indices)
      } else {
        grouped.append(word)
      }
    }
    return grouped
  }

  /// Heads that stand close together, parted where each is a name of its own.
  private static func parted(_ words: [PageText.PlacedWord], _ names: LineItemNames) -> [Column] {
    let text = words.map(\.text).joined(separator: " ")
    let tokens = TextToken.tokens(of: text)
    let found = names.names(in: tokens)
    let whole = names.column(text)
    guard Set(found.map(\.column)).count > 1, found.first?.tokens.lowerBound == 0 else {
      return [Column(text: text, kind: whole ?? nil, box: words.map(\.box).union() ?? words[0].box)]
    }
    var starts: [Int] = []
    var offset = 0
    for word in words {
      starts.append(offset)
      offset += word.text.unicodeScalars.count + 1
    }
    let cuts = found.map { tokens[$0.tokens.lowerBound].range.lowerBound }
    var columns: [Column] = []
    for (place, word) in words.enumerated() {
      if place == 0 || cuts.contains(starts[place]) {
        columns.append(Column(text: word.text, kind: nil, box: word.box))
      } else {
        columns[columns.count - 1].text += " " + word.text
        columns[columns.count - 1].box = columns[columns.count - 1].box.union(word.box)
      }
    }
    return columns.map { Column(text: $0.text, kind: names.column($0.text) ?? nil, box: $0.box) }
  }

  private static let gap = 0.65  // heights of a word between two columns: a space is a third of one
  private static let narrow = 0.4  // heights of a word: a space between groups of digits is a quarter of one
  private static let slack = 0.5  // heights of a word: what lines up does so by less
  private static let unit = 5  // letters: "Std.", "pces"
  private static let leading = 0.6  // heights between two lines of heads
  private static let mostWords = 30
  private static let fewestKinds = 2
}
