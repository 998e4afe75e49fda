import Contracts
import DocumentModel

/// Who sells, where no label says it: by the name's place in a letter.
extension PartyFinder {
  /// "Make checks payable to Dana Whitcomb", "ten name van …".
  func payee(not other: Candidate?) -> Candidate? {
    guard let seller else { return nil }
    for hit in material.hits(of: seller).prefix(Self.mostHits) where !hit.weak && hit.range.lowerBound > 2 {
      let segment = material.pages[hit.page].segments[hit.segment]
      var words: [Range<Int>] = []
      for token in segment.tokens where token.range.lowerBound >= hit.range.upperBound {
        guard let first = segment.scalars[token.range.lowerBound], first.isCapital || first == "&" else { break }
        words.append(token.range)
      }
      guard words.count >= 2, let first = words.first, let last = words.last, words.count <= 6 else { continue }
      let range = first.lowerBound..<last.upperBound
      let name = segment.scalars.text(range)
      guard PartyLine.isName(name), name != other?.value else { continue }
      return material.candidate(
        Finding(kind: .text, range: range, value: name, confidence: 0.9), page: hit.page, segment: hit.segment,
        score: 0.7)
    }
    return nil
  }

  /// "Name - Street 1 - 12345 Town" in small letters above the address, or in the head or foot.
  func senderLine(not other: Candidate?) -> Candidate? {
    guard let page = material.pages.first else { return nil }
    for (index, segment) in page.segments.enumerated() where PartyLine.isSenderLine(segment.text) {
      if PartyLine.isAddressAlone(segment.text) {
        guard let name = heading(above: index), !PartyLine.isSimilar(name.value, other?.value) else { continue }
        return name
      }
      let name = PartyLine.beforeAddress(PartyLine.beforeSeparator(segment.text))
      // "Coworking · 18 Dock Street · Dundee" below a name in large letters begins with the trade.
      if !PartyLine.isCompany(name), TextToken.words(of: name).count <= Self.tradeWords,
        let logo = heading(above: index),
        logo.provenance.box.height >= Self.logo * segment.height,
        logo.provenance.box.horizontalOverlap(segment.box) > 0, !PartyLine.isSimilar(logo.value, other?.value)
      {
        return logo
      }
      guard PartyLine.isName(name), !PartyLine.isSimilar(name, other?.value) else { continue }
      let range = 0..<name.unicodeScalars.count
      return material.candidate(
        Finding(kind: .text, range: range, value: PartyLine.withoutForm(PartyLine.withoutLaw(name)), confidence: 0.9),
        page: 0,
        segment: index,
        score: 0.8)
    }
    return nil
  }

  /// The name in larger or equal letters right above a line of the head that is an address alone.
  private func heading(above index: Int) -> Candidate? {
    guard let page = material.pages.first, page.segments[index].box.top < page.size.height * Self.addressArea else {
      return nil
    }
    let line = page.segments[index]
    for row in page.rows.prefix(line.row).suffix(Self.rowsAbove).reversed() {
      guard let place = row.first(where: { PartyLine.isName(page.segments[$0].text) && !isLabel($0) }),
        // "Painting · Papering · Insulation" tells the trade.
        !PartyLine.isList(page.segments[place].text)
      else { continue }
      let name = page.segments[place]
      guard line.box.top - name.box.bottom < Self.mostGap * name.height, name.height >= line.height * 0.9 else {
        return nil
      }
      return whole(place, row)
    }
    return nil
  }

  /// A name with what stands beside it in letters as large: those of a logo may stand far apart.
  private func whole(_ place: Int, _ row: Range<Int>) -> Candidate? {
    guard let page = material.pages.first else { return nil }
    var taken = [place]
    for next in row where next > place {
      let (a, b) = (page.segments[taken[taken.count - 1]], page.segments[next])
      guard abs(a.height - b.height) < a.height * 0.1, b.box.left - a.box.right < a.height * Self.logo else { break }
      taken.append(next)
    }
    let text = taken.map { page.segments[$0].text }.joined(separator: " ")
    guard taken.count > 1, PartyLine.isName(text) else { return name(in: [place], on: 0, score: 0.8) }
    return Candidate(
      text: text, value: PartyLine.cleaned(text), kind: .text, currency: nil, score: 0.8,
      provenance: page.provenance(of: taken), place: .init(page: 0, row: page.segments[place].row))
  }

  /// A company's name in the head or the foot; the one that is printed most often.
  func letterhead(not other: Candidate?) -> Candidate? {
    guard let page = material.pages.first else { return nil }
    var counts: [String: (count: Int, index: Int, isWhole: Bool)] = [:]
    for (index, segment) in page.segments.enumerated() {
      for name in PartyLine.companies(in: segment.text) where !PartyLine.isSimilar(name, other?.value) {
        let isWhole = name == PartyLine.cleaned(segment.text)
        // The bank in a line of accounts is not who sells.
        if !isWhole, PartyLine.isBank(name) { continue }
        let known = counts[name]
        counts[name] = (
          (known?.count ?? 0) + 1, known?.isWhole ?? false || !isWhole ? known?.index ?? index : index,
          known?.isWhole ?? false || isWhole
        )
      }
    }
    let best = counts.keys.sorted().max { a, b in
      let (x, y) = (counts[a], counts[b])
      return (x?.count ?? 0, -(x?.index ?? 0)) < (y?.count ?? 0, -(y?.index ?? 0))
    }
    if let best, let entry = counts[best] {
      let score = entry.count > 1 ? 0.75 : 0.65
      if entry.isWhole {
        // The form of the company may stand in the next line.
        let below = page.below(entry.index, lines: 1).filter { PartyLine.isFormAlone(page.segments[$0].text) }
        return name(in: above(entry.index) + [entry.index] + below, on: 0, score: score)
      }
      return Candidate(
        text: best, value: best, kind: .text, currency: nil, score: score,
        provenance: page.provenance(of: [entry.index]), place: .init(page: 0, row: page.segments[entry.index].row))
    }
    let top = page.segments.indices.prefix { page.segments[$0].box.top < page.size.height * Self.headArea }
    guard
      let first = top.first(where: {
        PartyLine.isName(page.segments[$0].text) && material.hits[0][$0].isEmpty
          && !PartyLine.isSimilar(PartyLine.cleaned(page.segments[$0].text), other?.value)
      })
    else { return nil }
    return name(in: [first] + page.below(first, lines: 1), on: 0, score: 0.5)
  }

  /// The name in the lines that the law wants of a company: the one right above its registered office.
  func registered(not other: Candidate?) -> Candidate? {
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
      b.box.top - a.box.bottom < b.height * 0.6, !PartyLine.squeezed(b.text).hasPrefix(PartyLine.squeezed(a.text)),
      PartyLine.goesOn(a.text, b.text), PartyLine.isName(a.text)
    else { return [] }
    return [index - 1]
  }

  private static let tradeWords = 2
  private static let rowsAbove = 2
  private static let headArea = 0.15
}
