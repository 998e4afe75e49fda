import Contracts
import DocumentModel

/// Chooses the document's title: one, on the first pages, the largest that is no section's heading.
struct TitleChoice {
  let entry: Int?
  let text: PlainTitle?
  /// Further entries of the title and its subtitle, which are no headings either.
  private let further: Set<Int>

  func covers(_ entry: Int) -> Bool { entry == self.entry || further.contains(entry) }

  static func entry(_ survey: Survey, contents: PrintedContents, metadata: String?) -> TitleChoice {
    let wanted = metadata.map(PlainTitle.init)
    let early = survey.headings.filter {
      $0.element.page <= survey.firstPage + 1 && !contents.entries.contains($0.entry)
    }
    var best: (score: Double, candidate: HeadingCandidate)?
    for candidate in early {
      let score = score(candidate, survey, wanted)
      if score > 0, best.map({ score > $0.score }) ?? true { best = (score, candidate) }
    }
    guard let chosen = best?.candidate ?? first(of: survey, early) else {
      return TitleChoice(entry: nil, text: nil, further: [])
    }
    // A title set in several blocks: its neighbours of kind title are parts of it or its subtitle.
    var further: Set<Int> = []
    for direction in [1, -1] {
      var next = chosen.entry + direction
      while let part = early.first(where: { $0.entry == next }), part.kind == .title,
        part.element.page == chosen.element.page
      {
        further.insert(next)
        next += direction
      }
    }
    return TitleChoice(entry: chosen.entry, text: chosen.plain, further: further)
  }

  /// A heading no larger than the others that stands before all of them, where what comes next begins a paper's text.
  private static func first(of survey: Survey, _ early: [HeadingCandidate]) -> HeadingCandidate? {
    guard survey.headings.count >= 3, let first = early.first, first.entry == survey.headings[0].entry,
      first.element.page == survey.firstPage, first.number == nil, !isSection(first)
    else { return nil }
    let next = survey.headings[1]
    let begins = next.number?.readings.contains { $0.ordinal == 1 } ?? false
    return (isSection(next) || begins) && next.typography.size <= first.typography.size ? first : nil
  }

  private static func isSection(_ candidate: HeadingCandidate) -> Bool {
    sections.contains(String(String.UnicodeScalarView(candidate.plain.letters)))
  }

  /// Zero for what cannot be the title.
  private static func score(_ candidate: HeadingCandidate, _ survey: Survey, _ wanted: PlainTitle?) -> Double {
    let named = wanted.map { candidate.plain.matches($0) } ?? false
    let ratio = survey.bodySize > 0 ? candidate.typography.size / survey.bodySize : 1
    guard candidate.kind == .title || ratio >= larger || named else { return 0 }
    if isSection(candidate) || (candidate.number != nil && candidate.kind != .title && !named) { return 0 }
    var score = ratio
    if candidate.kind == .title { score += 1 }
    if named { score += 1.5 }
    if candidate.element.page > survey.firstPage { score -= 0.5 }
    return max(score, 0)
  }

  private static let larger = 1.2  // times the running text: headings of sections are often a little larger

  /// Headings that stand on first pages and are never the title.
  private static let sections: Set<String> = [
    "abstract", "introduction", "contents", "tableofcontents", "summary", "executivesummary", "foreword", "preface",
    "acknowledgements", "acknowledgments", "zusammenfassung", "inhalt", "inhaltsverzeichnis", "einleitung", "résumé",
    "sommaire", "resumen", "índice", "background", "keywords", "references",
  ]
}
