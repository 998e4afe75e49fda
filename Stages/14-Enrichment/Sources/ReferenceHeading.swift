/// Headings whose sections list other texts: their words say little of this one.
enum ReferenceHeading {
  static func matches(_ words: [TextWord]) -> Bool {
    let lettered = words.filter(\.isLettered).map(\.key)
    // "7 References", "VII. Literatur": a number or a numeral may stand before.
    guard let last = lettered.last, lettered.count <= 2 else { return false }
    return names.contains(lettered.joined(separator: " "))
      || names.contains(last) && (lettered.count == 1 || lettered[0].utf8.count <= 3)
  }

  private static let names: Set<String> = [
    "references", "bibliography", "literature cited", "works cited", "literatur", "literaturverzeichnis", "quellen",
    "bibliographie", "références", "referencias", "bibliografía", "bibliografia", "riferimenti",
    "referências", "literatuur", "referenties", "litteratur", "referenser", "referencer", "referanser", "viitteet",
    "lähteet", "literatura", "irodalom", "kaynakça", "kaynaklar", "литература",
    "参考文献", "參考文獻", "index", "register",
  ]
}
