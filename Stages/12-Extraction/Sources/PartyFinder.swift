import Contracts
import DocumentModel

/// Finds who sells and who buys: below labels, or by where names stand in letters.
struct PartyFinder {
  private let material: FieldMaterial
  private let seller: Int?
  private let buyer: Int?

  init(_ material: FieldMaterial) {
    self.material = material
    seller = material.template.fields.firstIndex { $0.reader == .seller }
    buyer = material.template.fields.firstIndex { $0.reader == .buyer }
  }

  /// - Returns: the names, each with how sure it is.
  func parties() -> (seller: Candidate?, buyer: Candidate?) {
    let buyerName = labelled(buyer) ?? addressBlock()
    let sellers = [
      labelled(seller), senderLine(not: buyerName), letterhead(not: buyerName), registered(not: buyerName),
    ].compactMap { $0 }
    return (sellers.max { $0.score < $1.score }, buyerName)
  }

  /// The name at the best label.
  private func labelled(_ field: Int?) -> Candidate? {
    guard let field else { return nil }
    let found = material.hits(of: field).prefix(Self.mostHits).compactMap(name)
    return FieldChoice.best(found, .first)
  }

  private func name(at hit: LabelHit) -> Candidate? {
    let page = material.pages[hit.page]
    let segment = page.segments[hit.segment]
    let score = hit.weak ? 0.55 : 0.9
    // Labels stand at the beginning; the same word within a sentence is none.
    guard hit.range.lowerBound <= 2 else { return nil }
    let from = ValueReader.skipSigns(segment.scalars, hit.range.upperBound..<segment.scalars.count)
    let rest = from..<segment.scalars.count
    if rest.count > 2 {
      let colon = segment.scalars.text(hit.range.upperBound..<from).contains(":")
      guard colon, PartyLine.isName(segment.scalars.text(rest)) else { return nil }
      return material.candidate(
        Finding(kind: .text, range: rest, value: segment.scalars.text(rest), confidence: 0.95), page: hit.page,
        segment: hit.segment, score: score)
    }
    let below = page.below(hit.segment, lines: Self.linesBelow)
    return name(in: below, on: hit.page, score: score)
      ?? page.right(of: hit.segment).first.flatMap { name(in: [$0], on: hit.page, score: score * 0.9) }
  }

  /// The first line of some that is a name, with what belongs to it in the next.
  private func name(in lines: [Int], on number: Int, score: Double) -> Candidate? {
    let page = material.pages[number]
    guard let first = lines.firstIndex(where: { PartyLine.isName(page.segments[$0].text) }) else { return nil }
    var taken = [lines[first]]
    if first + 1 < lines.count, PartyLine.goesOn(page.segments[lines[first]].text, page.segments[lines[first + 1]].text)
    {
      taken.append(lines[first + 1])
    }
    let text = taken.map { PartyLine.cleaned(page.segments[$0].text) }.joined(separator: " ")
    return Candidate(
      text: text, value: text, kind: .text, currency: nil, score: score * (first == 0 ? 1 : 0.95),
      provenance: page.provenance(of: taken), place: .init(page: number, row: page.segments[taken[0]].row))
  }

  /// The first block of the first page that is an address without the signs of a letterhead.
  private func addressBlock() -> Candidate? {
    guard let page = material.pages.first else { return nil }
    for index in page.segments.indices where page.segments[index].box.top < page.size.height * Self.addressArea {
      let lines = [index] + page.below(index, lines: Self.linesBelow)
      guard lines.count >= 3, PartyLine.isName(page.segments[index].text),
        let postal = lines.dropFirst().firstIndex(where: { PartyLine.isPostal(page.segments[$0].text) }), postal >= 1
      else { continue }
      let whole = lines.map { page.segments[$0] }
      if whole.contains(where: { PartyLine.isContact($0.text) || PartyLine.isSenderLine($0.text) }) { continue }
      // Lines of an address stand one close under the other, flush left.
      guard whole.prefix(postal + 1).allSatisfy({ abs($0.box.left - whole[0].box.left) < whole[0].height }) else {
        continue
      }
      // A letterhead right above the address: the person begins with the form of address.
      let begin = lines.prefix(postal).firstIndex { PartyLine.isSalutation(page.segments[$0].text) } ?? 0
      return name(in: Array(lines[begin...]), on: 0, score: 0.7)
    }
    return nil
  }

  /// "Name - Street 1 - 12345 Town" in small letters above the address, or in the head or foot.
  private func senderLine(not other: Candidate?) -> Candidate? {
    guard let page = material.pages.first else { return nil }
    for (index, segment) in page.segments.enumerated() where PartyLine.isSenderLine(segment.text) {
      let name = PartyLine.beforeSeparator(segment.text)
      guard PartyLine.isName(name), name != other?.value else { continue }
      let range = 0..<name.unicodeScalars.count
      return material.candidate(
        Finding(kind: .text, range: range, value: PartyLine.withoutForm(name), confidence: 0.9), page: 0,
        segment: index,
        score: 0.8)
    }
    return nil
  }

  /// A company's name in the head or the foot; the one that is printed most often.
  private func letterhead(not other: Candidate?) -> Candidate? {
    guard let page = material.pages.first else { return nil }
    var counts: [String: (count: Int, index: Int)] = [:]
    for (index, segment) in page.segments.enumerated()
    where PartyLine.isCompany(segment.text) && PartyLine.isName(segment.text) {
      let name = PartyLine.cleaned(segment.text)
      guard name != other?.value else { continue }
      counts[name] = ((counts[name]?.count ?? 0) + 1, counts[name]?.index ?? index)
    }
    let best = counts.keys.sorted().max { a, b in
      let (x, y) = (counts[a], counts[b])
      return (x?.count ?? 0, -(x?.index ?? 0)) < (y?.count ?? 0, -(y?.index ?? 0))
    }
    if let best, let entry = counts[best] {
      return name(in: above(entry.index) + [entry.index], on: 0, score: entry.count > 1 ? 0.75 : 0.65)
    }
    let top = page.segments.indices.prefix { page.segments[$0].box.top < page.size.height * Self.headArea }
    guard let first = top.first(where: { PartyLine.isName(page.segments[$0].text) && material.hits[0][$0].isEmpty }),
      PartyLine.cleaned(page.segments[first].text) != other?.value
    else { return nil }
    return name(in: [first] + page.below(first, lines: 1), on: 0, score: 0.5)
  }

  /// The name in the lines that the law wants of a company: the one right above its registered office.
  private func registered(not other: Candidate?) -> Candidate? {
    guard let page = material.pages.first else { return nil }
    for (index, segment) in page.segments.enumerated().dropFirst() where PartyLine.isRegistration(segment.text) {
      let above = page.segments[index - 1]
      guard above.row + 1 == segment.row, segment.box.top - above.box.bottom < segment.height,
        above.box.horizontalOverlap(segment.box) > 0.5 * min(above.box.width, segment.box.width),
        PartyLine.isName(above.text), PartyLine.cleaned(above.text) != other?.value
      else { continue }
      return name(in: [index - 1], on: 0, score: 0.6)
    }
    return nil
  }

  /// The line above a company's in the head, where the name begins there.
  private func above(_ index: Int) -> [Int] {
    guard let page = material.pages.first, page.segments[index].box.top < page.size.height * Self.headArea, index > 0
    else { return [] }
    let (a, b) = (page.segments[index - 1], page.segments[index])
    guard a.row + 1 == b.row, abs(a.box.left - b.box.left) < b.height, abs(a.height - b.height) < b.height * 0.15,
      b.box.top - a.box.bottom < b.height * 0.6, PartyLine.goesOn(a.text, b.text), PartyLine.isName(a.text)
    else { return [] }
    return [index - 1]
  }

  private static let mostHits = 20
  private static let linesBelow = 6  // an address has seldom more
  private static let addressArea = 0.45  // of the page's height: below it no letter is addressed
  private static let headArea = 0.15
}
