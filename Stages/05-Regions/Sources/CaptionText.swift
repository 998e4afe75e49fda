/// "Figure 3:", "Table 2.", "Abb. 4" and their kin at the start of a text.
struct CaptionText: Sendable {
  /// Whether a colon, a point, a dash or nothing more follows the number: prose goes on with a verb.
  let isMarked: Bool
  /// Whether it names a picture; tables, listings and the like are text.
  let isFigure: Bool

  private static let names: Set<String> = [
    "figure", "fig", "figs", "table", "tab", "tabelle", "abbildung", "abb", "tableau", "figura", "tabla", "tabela",
    "tabella", "scheme", "schema", "schéma", "chart", "graph", "listing", "algorithm", "plate", "exhibit", "diagram",
    "diagramm", "ilustración", "gráfico", "grafico", "quadro", "afbeelding", "tabel", "rycina", "rys", "рис", "рисунок",
    "таблица", "табл", "photo", "image", "illustration", "map", "video", "supplementary", "extended",
  ]
  private static let pictures: Set<String> = [
    "figure", "fig", "figs", "abbildung", "abb", "figura", "scheme", "schéma", "chart", "graph", "plate", "diagram",
    "diagramm", "ilustración", "gráfico", "grafico", "afbeelding", "rycina", "rys", "рис", "рисунок", "photo", "image",
    "illustration", "map",
  ]
  private static let ideographs: Set<Character> = ["图", "表", "圖", "図"]
  private static let marks: Set<Character> = [":", ".", "|", "-", "–", "—", "。", "："]

  init?(_ words: [String]) {
    guard let first = words.first else { return nil }
    if let start = first.first, Self.ideographs.contains(start) {
      let rest = first.dropFirst().first ?? words.dropFirst().first?.first
      guard let rest, rest.isNumber else { return nil }
      isMarked = true
      isFigure = start != "表"
      return
    }
    var position = 1
    var name = first.lowercased()
    var glued: Substring = ""
    // "Fig.3": the name's point and the number stand in one word.
    if let point = name.firstIndex(of: "."), name.index(after: point) < name.endIndex {
      glued = first[first.index(first.startIndex, offsetBy: name.distance(from: name.startIndex, to: point) + 1)...]
      name = String(name[..<point])
    }
    if name.hasSuffix(".") { name.removeLast() }
    guard Self.names.contains(name), first.first?.isLowercase == false else { return nil }
    if name == "supplementary" || name == "extended" {
      position += words.count > 1 && words[1].lowercased() == "data" ? 2 : 1
    }
    guard let number = glued.isEmpty ? words.dropFirst(position).first.map({ $0[...] }) : glued else { return nil }
    guard Self.isNumber(number) else { return nil }
    let next = words.dropFirst(glued.isEmpty ? position + 1 : 1).first
    isFigure = Self.pictures.contains(name)
    let mark = number.last.map { Self.marks.contains($0) } ?? false
    isMarked = mark || next == nil || next.map { $0.count == 1 && Self.marks.contains($0[$0.startIndex]) } == true
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
}
