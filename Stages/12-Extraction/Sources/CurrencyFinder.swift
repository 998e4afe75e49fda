import Contracts
import DocumentModel

/// The currency that stands beside most amounts, or that a word names.
enum CurrencyFinder {
  static func currency(_ material: FieldMaterial, labelled: [Candidate]) -> Candidate? {
    if let named = FieldChoice.best(labelled, .first) { return named }
    var counts: [String: (count: Int, first: Candidate)] = [:]
    for (number, page) in material.pages.enumerated() {
      for (index, segment) in page.segments.enumerated() {
        for found in signs(in: segment) {
          let candidate = material.candidate(found, page: number, segment: index, score: 0.95)
          counts[found.value] = ((counts[found.value]?.count ?? 0) + 1, counts[found.value]?.first ?? candidate)
        }
      }
    }
    // "Price €" over a column tells where nothing beside an amount does.
    if counts.isEmpty, let lone = loneSign(material) { return lone }
    // "Amount due (CAD)" tells which dollar all the signs mean.
    for sign in ["USD", "SEK"] {
      guard let signed = counts[sign], !isSpelled(sign, material),
        let code = counts.keys.sorted().first(where: { $0 != sign && Currencies.mayMean(sign, $0) })
      else { continue }
      counts[code]?.count += signed.count
      counts[sign] = nil
    }
    let ranked = counts.keys.sorted { a, b in
      let (x, y) = (counts[a]?.count ?? 0, counts[b]?.count ?? 0)
      return (y, a) < (x, b)
    }
    guard let best = ranked.first, let entry = counts[best] else { return nil }
    let all = counts.values.reduce(0) { $0 + $1.count }
    return entry.first.scored(entry.first.score * (0.5 + 0.5 * Double(entry.count) / Double(all)))
  }

  /// The first sign that stands anywhere.
  private static func loneSign(_ material: FieldMaterial) -> Candidate? {
    for (number, page) in material.pages.enumerated() {
      for (index, segment) in page.segments.enumerated() {
        guard let at = segment.scalars.all.firstIndex(where: { Currencies.sign($0) != nil }),
          let code = Currencies.sign(segment.scalars.all[at])
        else { continue }
        return material.candidate(
          Finding(kind: .currency, range: at..<at + 1, value: code, confidence: 0.8), page: number, segment: index,
          score: 0.8)
      }
    }
    return nil
  }

  /// Whether a currency's code is printed, and not only a sign that may mean it.
  private static func isSpelled(_ code: String, _ material: FieldMaterial) -> Bool {
    material.pages.contains { page in
      page.segments.contains { segment in
        segment.tokens.contains { $0.folded == code.lowercased() || $0.folded == "us" && segment.text.contains("US$") }
      }
    }
  }

  /// Signs and codes beside amounts, and codes that stand alone in capitals.
  private static func signs(in segment: PageText.Segment) -> [Finding] {
    let text = segment.scalars
    var found = AmountScanner.amounts(in: text).compactMap { amount in
      amount.currency.map { Finding(kind: .currency, range: amount.range, value: $0, confidence: 0.95) }
    }
    // A sign in a cell of its own, its amount in the next.
    if text.count == 1, let sign = text[0], let code = Currencies.sign(sign) {
      found.append(Finding(kind: .currency, range: 0..<1, value: code, confidence: 0.9))
    }
    for token in segment.tokens where token.folded.count >= 2 && !token.isNumber {
      let printed = text.text(token.range)
      if printed == "RM" || (printed.count == 3 && printed == printed.uppercased()), let code = Currencies.code(printed)
      {
        found.append(Finding(kind: .currency, range: token.range, value: code, confidence: 0.9))
      } else if let code = Currencies.words[token.folded], printed.first?.isUppercase ?? false {
        found.append(Finding(kind: .currency, range: token.range, value: code, confidence: 0.85))
      }
    }
    return found
  }
}
