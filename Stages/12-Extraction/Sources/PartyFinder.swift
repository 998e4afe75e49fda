import Contracts
import DocumentModel

/// Finds who sells and who buys: below labels, or by where names stand in letters.
struct PartyFinder {
  let material: FieldMaterial
  let seller: Int?
  private let buyer: Int?

  init(_ material: FieldMaterial) {
    self.material = material
    seller = material.template.fields.firstIndex { $0.reader == .seller }
    buyer = material.template.fields.firstIndex { $0.reader == .buyer }
  }

  /// - Returns: the names, each with how sure it is.
  func parties() -> (seller: Candidate?, buyer: Candidate?) {
    let signs = SellerSigns(material)
    let blocks = judged(blocks(), signs)
    var sellerName = labelled(seller)
    var buyerName = labelled(buyer)
    // A weak label ("To:" on a slip) says less than where two addresses stand.
    if buyerName == nil || (buyerName?.score ?? 0) < Self.strong && blocks.count > 1 {
      let rest = blocks.filter { !Self.isSame($0.name, sellerName) }
      let best = rest.min { $0.seller < $1.seller }
      // The only address is the buyer's, unless it is rather the seller's own.
      let isOther = blocks.contains { $0.seller >= (best?.seller ?? 0) + Self.rather }
      if let best, best.seller < Self.rather || isOther { buyerName = best.name }
    }
    let others = blocks.filter { !Self.isSame($0.name, buyerName) }
    let block = others.max { $0.seller < $1.seller }.map { best -> Candidate in
      // A branch's or a clerk's address has a telephone too: what the foot or the bank names is surer.
      let isNamed = PartyLine.isCompany(best.name.value) || best.isSigned
      return best.name.scored(!isNamed ? 0.58 : best.seller >= Self.sure ? 0.85 : best.seller > 0 ? 0.7 : 0.55)
    }
    let found = [
      sellerName, senderLine(not: buyerName), block, letterhead(not: buyerName), registered(not: buyerName),
      payee(not: buyerName),
    ].compactMap { $0 }
    sellerName = found.max { $0.score < $1.score }.map { signs.full($0, not: buyerName) }
    return (sellerName, buyerName)
  }

  private static func isSame(_ one: Candidate?, _ other: Candidate?) -> Bool {
    guard let one, let other else { return false }
    return PartyLine.squeezed(one.value) == PartyLine.squeezed(other.value)
  }

  /// The name at the best label.
  private func labelled(_ field: Int?) -> Candidate? {
    guard let field else { return nil }
    let found = material.hits(of: field).prefix(Self.mostHits).compactMap(name)
      .filter { field != seller || !PartyLine.isBank($0.value) }
    return FieldChoice.best(found, .first)
  }

  private func name(at hit: LabelHit) -> Candidate? {
    let page = material.pages[hit.page]
    let segment = page.segments[hit.segment]
    let score = hit.weak ? 0.55 : 0.9
    // Labels stand at the beginning; the same word within a sentence is none.
    guard hit.range.lowerBound <= 2 else { return nil }
    // "To:" on the slip at the foot of the page is to the seller.
    if hit.weak, segment.box.top > page.size.height * Self.weakArea { return nil }
    let from = ValueReader.skipSigns(segment.scalars, hit.range.upperBound..<segment.scalars.count)
    let rest = from..<segment.scalars.count
    if rest.count > 2 {
      let colon = segment.scalars.text(hit.range.upperBound..<from).contains(":")
      let name = PartyLine.beforeAddress(segment.scalars.text(rest))
      guard colon, PartyLine.isName(name) else { return nil }
      return material.candidate(
        Finding(kind: .text, range: from..<from + name.unicodeScalars.count, value: name, confidence: 0.95),
        page: hit.page, segment: hit.segment, score: score)
    }
    let below = page.below(hit.segment, lines: Self.linesBelow)
    return name(in: below, on: hit.page, score: score, isAddressee: hit.field == buyer)
      ?? page.right(of: hit.segment).first.flatMap { name(in: [$0], on: hit.page, score: score * 0.9) }
  }

  /// The first line of some that is a name, with what belongs to it in the next.
  ///
  /// - Parameter isAddressee: whether a person may stand above the company that is meant.
  func name(in lines: [Int], on number: Int, score: Double, isAddressee: Bool = false) -> Candidate? {
    let page = material.pages[number]
    func text(_ place: Int) -> String { page.segments[lines[place]].text }
    if let named = named(in: lines, on: number, score: score) { return named }
    guard
      var first = lines.indices.first(where: {
        PartyLine.isName(text($0)) && !PartyLine.isForm(text($0)) && !isLabel(lines[$0], on: number)
          && !material.isHead(page.segments[lines[$0]].row, on: number)
      })
    else { return nil }
    var taken = [lines[first]]
    if first + 1 < lines.count,
      PartyLine.isShortOf(text(first), text(first + 1))
        || isAddressee && PartyLine.isContactOf(text(first), text(first + 1))
    {
      // A logo's word, or a person of the company below: the company is the party.
      first += 1
      taken = [lines[first]]
    } else if first + 1 < lines.count, PartyLine.goesOn(text(first), text(first + 1)) {
      taken.append(lines[first + 1])
    }
    let text = PartyLine.withoutLaw(taken.map { PartyLine.cleaned(page.segments[$0].text) }.joined(separator: " "))
    return Candidate(
      text: text, value: text, kind: .text, currency: nil, score: score * (first == 0 ? 1 : 0.95),
      provenance: page.provenance(of: taken), place: .init(page: number, row: page.segments[taken[0]].row))
  }

  /// "Denominazione: Studio Pineta" among the lines below a party's label, with the form of the company in the next.
  private func named(in lines: [Int], on number: Int, score: Double) -> Candidate? {
    let page = material.pages[number]
    for (place, index) in lines.enumerated() {
      let segment = page.segments[index]
      guard let colon = segment.scalars.all.firstIndex(of: ":"), colon + 1 < segment.scalars.count,
        Self.nameLabels.contains(TextToken.words(of: segment.scalars.text(0..<colon)).joined(separator: " "))
      else { continue }
      let from = segment.scalars.skipSpace(colon + 1)
      let first = segment.scalars.text(from..<segment.scalars.count)
      guard PartyLine.isName(first) else { continue }
      var name = PartyLine.cleaned(first)
      var taken = [index]
      if let next = lines[safe: place + 1], !page.segments[next].text.contains(":"),
        PartyLine.isCompany("X " + page.segments[next].text), !PartyLine.isCompany(first)
      {
        name += " " + PartyLine.cleaned(page.segments[next].text)
        taken.append(next)
      }
      return Candidate(
        text: name, value: name, kind: .text, currency: nil, score: score, provenance: page.provenance(of: taken),
        place: .init(page: number, row: segment.row))
    }
    return nil
  }

  /// All blocks of the first page's upper part that are addresses.
  private func blocks() -> [PartyBlock] {
    guard let page = material.pages.first else { return [] }
    var blocks: [PartyBlock] = []
    var taken: Set<Int> = []
    for index in page.segments.indices where page.segments[index].box.top < page.size.height * Self.addressArea {
      guard !taken.contains(index), !material.isBelowHead(page.segments[index].row, on: 0),
        PartyLine.mayBegin(page.segments[index].text), !isLabel(index),
        PartyLine.mayBeAddress(page.segments[index].text)
      else { continue }
      var lines = [index]
      for next in page.below(index, lines: Self.linesBelow) {
        // Lines of an address stand flush left, or flush right in a letterhead.
        let line = page.segments[next]
        let first = page.segments[index]
        guard
          abs(line.box.left - first.box.left) < first.height
            || abs(line.box.right - first.box.right) < first.height && !isBelowAddress(index),
          !PartyLine.isSenderLine(line.text), PartyLine.mayBeAddress(line.text), !material.isBelowHead(line.row, on: 0),
          !isParted(lines, next)
        else { break }
        lines.append(next)
      }
      guard let postal = lines.dropFirst().firstIndex(where: { PartyLine.isPostal(page.segments[$0].text) }),
        !lines.prefix(postal).contains(where: { PartyLine.isSenderLine(page.segments[$0].text) })
      else { continue }
      // A letterhead right above the address: the person begins with the form of address.
      let begin = lines.prefix(postal).firstIndex { PartyLine.isSalutation(page.segments[$0].text) } ?? 0
      guard let name = name(in: Array(lines[begin..<max(postal, begin + 1)]), on: 0, score: 0.7, isAddressee: true)
      else {
        continue
      }
      taken.formUnion(lines)
      blocks.append(PartyBlock(lines: Array(lines[begin...]), name: name, page: page))
    }
    return blocks
  }

  /// Whether a street or a telephone stands right above a line, flush right: the name must be further up.
  private func isBelowAddress(_ index: Int) -> Bool {
    guard let page = material.pages.first, let row = page.rows[safe: page.segments[index].row - 1] else { return false }
    let line = page.segments[index]
    return row.contains { above in
      let other = page.segments[above]
      return abs(other.box.right - line.box.right) < line.height
        && line.box.top - other.box.bottom < Self.mostGap * line.height && !PartyLine.isName(other.text)
    }
  }

  /// Whether white parts a line from the lines of an address above it: more than its own letters leave below a logo, or
  /// more than parts those lines where the town was told.
  private func isParted(_ lines: [Int], _ next: Int) -> Bool {
    guard let page = material.pages.first, let last = lines.last else { return false }
    let line = page.segments[next]
    let gap = line.box.top - page.segments[last].box.bottom
    if page.segments[last].height > Self.logo * line.height, gap > Self.mostGap * line.height { return true }
    guard lines.contains(where: { PartyLine.isPostal(page.segments[$0].text) }) else { return false }
    let gaps = zip(lines, lines.dropFirst()).map { page.segments[$1].box.top - page.segments[$0].box.bottom }
    return gap > (gaps.max() ?? 0) + Self.blank * line.height
  }

  /// Weighs whose each address is.
  private func judged(_ blocks: [PartyBlock], _ signs: SellerSigns) -> [PartyBlock] {
    guard let page = material.pages.first else { return blocks }
    let highest = blocks.map(\.box.top).min() ?? 0
    return blocks.map { block in
      var block = block
      let texts = block.lines.map { page.segments[$0].text }
      let signed = signs.weight(of: block.name.value, outside: block.lines)
      block.isSigned = signed > 0
      block.seller += signed
      if texts.contains(where: { PartyLine.isContact($0) }) { block.seller += 2 }
      if texts.contains(where: PartyLine.isForAttention) { block.seller -= 2 }
      if block.box.left > page.size.width * Self.rightHand, blocks.contains(where: { $0.box.right < block.box.left }) {
        block.seller += 1.5
      }
      let isHighest = block.box.top < highest + page.size.height * 0.02
      let besides = blocks.contains { abs($0.box.top - block.box.top) < page.size.height * 0.02 && $0.box != block.box }
      // At the left below something else stands the window of an envelope; of two at one height the left one sends,
      // unless the right one is a letterhead.
      if blocks.count > 1, isHighest, !besides { block.seller += 0.8 }
      if besides, block.box.left < page.size.width * Self.leftHand { block.seller += 0.5 }
      if !isHighest || blocks.count == 1 { block.seller -= 0.4 }
      return block
    }
  }

  /// Whether a line is a field's label and no name.
  func isLabel(_ index: Int, on number: Int = 0) -> Bool {
    let text = material.pages[number].segments[index].scalars
    return material.hits[number][index].contains { hit in
      guard hit.range.lowerBound <= 1 else { return false }
      let next = text.skipSpace(hit.range.upperBound)
      return next >= text.count - 1 || text[next] == ":" || text[next] == "#"
    }
  }

  private static let nameLabels: Set<String> = [
    "name", "company", "company name", "firma", "firmenname", "denominazione", "ragione sociale", "nom",
    "raison sociale", "denomination", "nombre", "razon social", "denominacion", "nazwa", "naam", "bedrijfsnaam", "namn",
    "foretag", "navn", "nazev", "nimi", "nome", "denominacao",
  ]
  static let mostGap = 1.8  // heights of a line between two of one address
  static let logo = 1.4  // of the next line's height: letters of a name in a logo
  private static let blank = 0.5  // heights of a line that white between two addresses is more than within one
  static let mostHits = 20
  private static let linesBelow = 6  // an address has seldom more
  private static let weakArea = 0.6  // of the page's height
  private static let rather = 1.0  // an address that so much more speaks for being the seller's is not the buyer's
  private static let sure = 2.0
  private static let strong = 0.6  // of a name at a good label
  private static let rightHand = 0.6  // of the page's width: letterheads begin there, no windows of envelopes
  private static let leftHand = 0.4
  static let addressArea = 0.45  // of the page's height: below it no letter is addressed
}
