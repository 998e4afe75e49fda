import Contracts
import DocumentModel

/// Reads the fields of a PDF form as pairs: the file says what is filled in, the page what it is called.
///
/// The label is what is printed left of a field, above it, or inside at its top; of a button what is printed right of
/// it. Of two the one that shares more words with what the form calls the field; where nothing is printed, that itself.
struct FormPairs {
  private let page: PageText
  private let words: [Word]
  private let fields: [FormField]
  /// Which words stand in a field: they are values, not labels.
  private var values: [Int: [Int]] = [:]
  private var isValue: [Bool]
  private let rows: [Int]

  private static let most = 500  // pairs of a page
  private static let above = 14.0  // points from a field up to the label over it
  private static let widestSpace = 0.9  // heights of a word: what is farther apart is another label
  private static let farthest = 30.0  // heights of a word between a label and its field
  private static let longestLabel = 30  // words

  init?(_ page: PageText, _ output: OCROutput) {
    guard let fields = output.formFields else { return nil }
    self.page = page
    self.fields = Array(fields.prefix(Self.most))
    let words = output.words
    self.words = words
    isValue = words.map { $0.source == .form }
    rows = words.indices.sorted { (words[$0].box.midY, $0) < (words[$1].box.midY, $1) }
    for (index, field) in self.fields.enumerated() {
      let inside = standing(from: field.box.top, to: field.box.bottom).filter {
        field.box.contains(x: words[$0].box.midX, y: words[$0].box.midY)
      }.sorted()
      guard field.kind == .text || field.kind == .choice else {
        values[index] = inside.filter { words[$0].source == .form }
        continue
      }
      let filled = Set(field.value.split { $0.isWhitespace }.map(String.init))
      // A field may reach over its own label.
      values[index] = inside.filter { filled.contains(words[$0].text) }
      for word in values[index] ?? [] { isValue[word] = true }
    }
  }

  func pairs() -> [KeyValuePair] {
    fields.enumerated().compactMap { index, field in
      let value = field.kind == .checkbox || field.kind == .radio ? (field.value == "on" ? "☑" : "☐") : field.value
      let printed = label(of: field)
      let name = printed.isEmpty ? field.label ?? Self.words(in: field.name) : text(printed)
      guard name.contains(where: \.isLetter) else { return nil }
      let box = printed.map { words[$0].box }.union() ?? field.box
      return KeyValuePair(
        label: name, value: value, labelProvenance: Provenance(page: page.number, box: box, words: printed),
        valueProvenance: Provenance(page: page.number, box: field.box, words: values[index] ?? []),
        confidence: Score(printed.isEmpty ? 0.9 : 0.95))
    }
  }

  /// Whether a value found by its place is one of the form's.
  func tells(_ pair: KeyValuePair) -> Bool {
    pair.valueProvenance.words.contains { isValue[$0] && words[$0].source != .form }
  }

  private func label(of field: FormField) -> [Int] {
    if field.kind == .checkbox || field.kind == .radio {
      let right = run(beside: field.box, toTheRight: true)
      return right.isEmpty ? run(beside: field.box, toTheRight: false) : right
    }
    let (left, above) = (run(beside: field.box, toTheRight: false), above(field.box))
    guard !left.isEmpty, !above.isEmpty else { return left + above }
    let called = Set(Self.parts(field.label ?? "") + Self.parts(field.name))
    return shared(above, called) > shared(left, called) ? above : left
  }

  private func shared(_ label: [Int], _ called: Set<String>) -> Int {
    Set(label.flatMap { Self.parts(words[$0].text) }).intersection(called).count
  }

  /// The words next to a box in its row, up to a wide space or another field.
  private func run(beside box: BoundingBox, toTheRight: Bool) -> [Int] {
    let row = standing(from: box.top - box.height / 4, to: box.bottom + box.height / 4)
      .filter { toTheRight ? words[$0].box.left >= box.midX : words[$0].box.right <= box.left + 2 }
      .filter { words[$0].turn == .none && !box.contains(x: words[$0].box.midX, y: words[$0].box.midY) }
      .sorted { toTheRight ? words[$0].box.left < words[$1].box.left : words[$0].box.right > words[$1].box.right }
    var taken: [Int] = []
    var edge = toTheRight ? box.right : box.left
    for index in row.prefix(Self.longestLabel) {
      let word = words[index].box
      let gap = toTheRight ? word.left - edge : edge - word.right
      let widest = (taken.isEmpty ? (toTheRight ? 3 : Self.farthest) : Self.widestSpace) * word.height
      if isValue[index] || gap > widest { break }
      taken.append(index)
      edge = toTheRight ? word.right : word.left
    }
    return toTheRight ? taken : taken.reversed()
  }

  /// The line that stands over a field's beginning, or inside it at its top.
  private func above(_ box: BoundingBox) -> [Int] {
    let over = standing(from: box.top - Self.above, to: box.midY).filter {
      !isValue[$0] && words[$0].turn == .none && words[$0].box.left < box.right && words[$0].box.right > box.left
    }
    guard let lowest = over.max(by: { words[$0].box.bottom < words[$1].box.bottom }) else { return [] }
    let line = over.filter { words[$0].box.verticalOverlap(words[lowest].box) > 0 }
      .sorted { words[$0].box.left < words[$1].box.left }
    guard let first = line.first, words[first].box.left - box.left < box.width / 2 else { return [] }
    var taken = [first]
    for index in line.dropFirst().prefix(Self.longestLabel) {
      let (last, next) = (words[taken[taken.count - 1]].box, words[index].box)
      if next.left - last.right > Self.widestSpace * next.height { break }
      taken.append(index)
    }
    return taken
  }

  private func text(_ label: [Int]) -> String {
    var text = ""
    for (position, index) in label.enumerated() {
      if position > 0, !words[label[position - 1]].joinsNext { text += " " }
      text += words[index].text
    }
    while let last = text.last, last == ":" || last == "." || last == "_" || last == " " { text.removeLast() }
    return text
  }

  /// The words whose middle stands between two heights, from top to bottom.
  private func standing(from top: Double, to bottom: Double) -> [Int] {
    let first = rows.partitioningIndex { words[$0].box.midY >= top }
    return Array(rows[first...].prefix { words[$0].box.midY <= bottom })
  }

  /// `applicant.lastName_1` → applicant last name
  private static func words(in name: String) -> String { parts(name).joined(separator: " ") }

  private static func parts(_ text: String) -> [String] {
    var parts: [String] = []
    var wasSmall = false
    for letter in text {
      guard letter.isLetter else {
        wasSmall = false
        if parts.last?.isEmpty == false { parts.append("") }
        continue
      }
      if parts.isEmpty || wasSmall && letter.isUppercase { parts.append("") }
      parts[parts.count - 1] += letter.lowercased()
      wasSmall = letter.isLowercase
    }
    return parts.filter { !$0.isEmpty }
  }
}
