import DocumentModel

/// Makes the heading in the largest type at the head of the document its title.
enum TitleRule {
  private static let upper = 0.6  // of the page's height
  private static let larger = 1.2  // of the body size
  private static let sameSize = 1.03  // ratio: the lines of one title

  static func apply(
    _ found: inout [(group: TextGroup, kind: RegionKind, confidence: Score)], view: PageView, body: BodyFacts,
    tables: [BoundingBox]
  ) {
    let candidates = found.indices.filter {
      found[$0].kind == .heading && found[$0].group.box.top < upper * view.size.height
        && found[$0].group.size >= larger * body.size && found[$0].group.alphabetic >= 3
        && !isCode(found[$0].group) && !isDate(found[$0].group)
    }
    guard let largest = candidates.map({ found[$0].group.size }).max(),
      let title = candidates.first(where: { found[$0].group.size * sameSize >= largest })
    else { return }
    (found[title].kind, found[title].confidence) = (.title, .largestType)
    let below = tables.filter { $0.midY > found[title].group.box.bottom }
    var heads: [Int] = []
    let named = Set(found.indices.filter { isNamed($0, in: found) })
    for next in found.indices.dropFirst(title + 1).prefix(mostByline) {
      let (group, kind, confidence) = found[next]
      // A table stands under its heading, not among names.
      if endsHead(group, kind) || below.contains(where: { $0.midY < group.box.top }) { break }
      if kind == .paragraph, isSentence(group) { heads = [] }
      guard kind == .heading else { continue }
      // A number or a name that headings have ends the byline; larger type alone does not. What no text was written
      // below until then are names, whatever their type.
      if confidence == .headingWords {
        if closing.contains(group.words.joined(separator: " ").lowercased()) { break }
        // Far below the title only what names somebody: a form has labels there.
        for head in heads where next - title <= mostOthers || AuthorNames.isName(found[head].group) {
          (found[head].kind, found[head].confidence) = (.paragraph, .runningText)
        }
        break
      }
      if AuthorNames.isByline(group) || named.contains(next) && isAlone(next, in: found, of: named) {
        (found[next].kind, found[next].confidence) = (.paragraph, .runningText)
      } else {
        heads.append(next)
      }
    }
  }

  /// What is below is text and no address, date or place of work.
  private static func isSentence(_ group: TextGroup) -> Bool {
    group.lastCharacter == "." && group.words.count >= leastSentence
      && !group.words.contains { $0.contains("@") || $0.contains("://") }
  }

  private static let leastSentence = 8  // words

  /// "IMECE2023-88042": the number of a paper, in whatever type.
  private static func isCode(_ group: TextGroup) -> Bool {
    guard group.words.count == 1, let word = group.words.first else { return false }
    return word.contains(where: \.isNumber) && !word.contains(where: \.isLowercase)
  }

  /// "October 29–November 2, 2023, New Orleans": when and where a paper was read.
  private static func isDate(_ group: TextGroup) -> Bool {
    let words = group.words
    guard words.count <= mostDateWords, let month = words.firstIndex(where: MonthNames.isWhole) else { return false }
    let numbers = words[max(0, month - 1)...].map { $0.filter(\.isNumber) }
    return numbers.contains { $0.count == 4 } && numbers.contains { (1...2).contains($0.count) }
  }

  private static let mostDateWords = 10

  private static let leastProse = 3  // rows: authors and places are shorter

  /// Whether the document's text has begun: authors and places stand before it.
  private static func endsHead(_ group: TextGroup, _ kind: RegionKind) -> Bool {
    switch kind {
    case .table, .listItem, .code, .formula, .keyValue: true
    case .paragraph: group.rows.count >= leastProse && group.lastCharacter == "."
    default: false
    }
  }

  /// Whether a heading looks like a name, and where somebody of that name is to be found stands below.
  private static func isNamed(
    _ index: Int, in found: [(group: TextGroup, kind: RegionKind, confidence: Score)]
  ) -> Bool {
    guard found[index].kind == .heading, index + 1 < found.endIndex, found[index + 1].kind == .paragraph else {
      return false
    }
    return AuthorNames.isName(found[index].group) && AuthorNames.isPlaceOfWork(found[index + 1].group)
  }

  /// Whether no heading but names, and those with numbers, is set so: a curriculum has universities below its headings.
  private static func isAlone(
    _ index: Int, in found: [(group: TextGroup, kind: RegionKind, confidence: Score)], of named: Set<Int>
  ) -> Bool {
    let own = found[index].group
    return !found.indices.contains { other in
      let group = found[other].group
      return found[other].kind == .heading && found[other].confidence != .headingWords && !named.contains(other)
        && group.isBold == own.isBold && group.isItalic == own.isItalic
        && max(group.size, own.size) < sameSize * min(group.size, own.size)
    }
  }

  /// What stands at the end of a text, and begins none: a curriculum names its references.
  private static let closing: Set<String> = [
    "references", "bibliography", "notes", "index", "glossary", "appendix", "literature", "conclusion", "conclusions",
    "acknowledgements", "acknowledgments", "referenzen", "literatur", "referencias", "referências", "références",
    "bibliographie", "bibliografia",
  ]
  private static let mostOthers = 12  // groups after the title within which whatever is set as a heading may be a name
  private static let mostByline = 48  // groups after the title in which authors and places stand: of a dozen authors
}
