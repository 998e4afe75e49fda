/// "Figure 3:", "Table 2.", "Abb. 4" and their kin at the start of a text.
package struct CaptionOpening: Sendable, Hashable {
  /// What a caption's name says that it stands by.
  package enum Subject: Sendable, Hashable {
    case table, picture
    /// Listings, schemes of words, supplements: text mostly, and sometimes any of the others.
    case other
    /// A frame with text, which is numbered as often as it holds a number of things.
    case box
  }

  package let subject: Subject
  /// Whether a colon, a point, a dash or nothing more follows the number: prose goes on with a verb.
  package let isMarked: Bool
  /// How many words the name and the number take.
  package let length: Int

  package init?(_ words: [String]) {
    guard let first = words.first else { return nil }
    if let start = first.first, let subject = Self.ideographs[start] {
      let rest = first.dropFirst().first ?? words.dropFirst().first?.first
      guard let rest, rest.isNumber else { return nil }
      (self.subject, isMarked, length) = (subject, true, first.count > 1 ? 1 : 2)
      return
    }
    var position = 1
    let (name, glued) = Self.parts(of: first)
    guard let subject = Self.names[name], first.first?.isLowercase == false else { return nil }
    if name == "supplementary" || name == "extended" {
      position += words.count > 1 && words[1].lowercased() == "data" ? 2 : 1
    }
    guard let number = glued.isEmpty ? words.dropFirst(position).first.map({ $0[...] }) : glued else { return nil }
    guard Self.isNumber(number) else { return nil }
    length = glued.isEmpty ? position + 1 : 1
    let next = words.dropFirst(length).first
    self.subject = subject
    let mark = number.last.map { Self.marks.contains($0) } ?? false
    isMarked = mark || next == nil || next.map { $0.count == 1 && Self.marks.contains($0[$0.startIndex]) } == true
  }

  /// What a caption stands by as its first word says, with or without a number behind it: "Tab.", "Figure", "表3".
  package static func subject(of word: String) -> Subject? {
    if let start = word.first, let subject = ideographs[start] { return subject }
    var name = Substring(parts(of: word).name)
    while let last = name.last, !last.isLetter { name.removeLast() }
    return names[String(name)]
  }

  /// A name in small letters without its point, and what is set to it: "Fig.3".
  private static func parts(of word: String) -> (name: String, number: Substring) {
    var name = word[...]
    var glued: Substring = ""
    if let point = word.firstIndex(of: "."), word.index(after: point) < word.endIndex {
      name = word[..<point]
      glued = word[word.index(after: point)...]
    }
    if name.last == "." { name.removeLast() }
    return (name.lowercased(), glued)
  }

  /// `3`, `3.1:`, `S2`, `IV.`, `A.1`, `3a)`.
  private static func isNumber(_ word: Substring) -> Bool {
    var core = word
    while let last = core.last, marks.contains(last) || last == ")" || last == "]" { core = core.dropLast() }
    if core.first == "(" { core = core.dropFirst() }
    guard !core.isEmpty, core.count <= 8 else { return false }
    if RomanNumeral.value(String(core)) != nil { return true }
    let digits = core.count { $0.isNumber }
    let letters = core.count { $0.isLetter }
    return digits > 0 && letters <= 2 || letters == 1 && core.count == 1 && core.first?.isUppercase == true
  }

  private static let names: [String: Subject] = {
    var names: [String: Subject] = ["box": .box]
    for name in tables { names[name] = .table }
    for name in pictures { names[name] = .picture }
    for name in others { names[name] = .other }
    return names
  }()

  private static let tables = [
    "table", "tab", "tabelle", "tableau", "tabla", "tabela", "tabella", "tabel", "tabell", "таблица", "табл",
  ]
  private static let pictures = [
    "figure", "fig", "figs", "abbildung", "abb", "figura", "scheme", "schéma", "chart", "graph", "plate", "diagram",
    "diagramm", "ilustración", "gráfico", "grafico", "afbeelding", "rycina", "rys", "рис", "рисунок", "photo", "image",
    "illustration", "map", "slika",
  ]
  private static let others = [
    "schema", "listing", "algorithm", "exhibit", "quadro", "video", "supplementary", "extended",
  ]
  private static let ideographs: [Character: Subject] = ["图": .picture, "圖": .picture, "図": .picture, "表": .table]
  private static let marks: Set<Character> = [":", ".", "|", "-", "–", "—", "。", "："]
}
