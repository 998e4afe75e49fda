import Contracts
import DocumentModel

/// What the pages say of the seller besides addresses: the foot, the sender's line, the bank, addresses of mail and web.
struct SellerSigns {
  private struct Sign {
    let segment: Int
    /// Folded words between spaces, so that names are found by whole words.
    let words: String
    let weight: Double
  }

  private let material: FieldMaterial
  private let signs: [Sign]
  /// The middle parts of addresses of mail and web, by the segment they stand in.
  private let domains: [(segment: Int, name: String)]

  init(_ material: FieldMaterial) {
    self.material = material
    var signs: [Sign] = []
    var domains: [(segment: Int, name: String)] = []
    for (index, segment) in (material.pages.first?.segments ?? []).enumerated() {
      let height = material.pages[0].size.height
      let isFoot = segment.box.top > height * Self.foot
      let isNumbered = PartyLine.isRegistration(segment.text) || Self.isOfBusiness(segment)
      let weight = PartyLine.isSenderLine(segment.text) ? 3.0 : isFoot || isNumbered ? 2.5 : 0
      if weight > 0 {
        signs.append(Sign(segment: index, words: Self.spaced(segment.text), weight: weight))
      }
      for word in segment.text.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == "/" || $0 == "|" }) {
        if let name = Self.domain(word) { domains.append((index, name)) }
      }
    }
    self.signs = Array(signs.prefix(Self.mostSigns))
    self.domains = Array(domains.prefix(Self.mostSigns))
  }

  /// How much speaks for a name being the seller's.
  ///
  /// - Parameter lines: those of its own block, which prove nothing.
  func weight(of name: String, outside lines: [Int]) -> Double {
    let squeezed = PartyLine.squeezed(name)
    guard squeezed.count >= 4 else { return 0 }
    var weight = 0.0
    let words = Self.spaced(name)
    if let sign = signs.first(where: { !lines.contains($0.segment) && $0.words.contains(words) }) {
      weight += sign.weight
    }
    // The buyer's own address of mail stands in the buyer's block.
    let matches = domains.contains { domain in
      squeezed.hasPrefix(domain.name) || domain.name.hasPrefix(squeezed) || Self.isMadeOf(domain.name, name)
    }
    return matches ? weight + 1.5 : weight
  }

  /// The name in full, where the foot or another line has it: "TelNord" as "TelNord Deutschland GmbH".
  func full(_ name: Candidate, not other: Candidate?) -> Candidate {
    guard !PartyLine.isCompany(name.value), let page = material.pages.first,
      let first = TextToken.words(of: name.value).first, first.count >= 4
    else { return name }
    let squeezed = PartyLine.squeezed(name.value)
    for (index, segment) in page.segments.enumerated() where PartyLine.isSenderLine(segment.text) {
      let sender = PartyLine.withoutLaw(PartyLine.beforeSeparator(segment.text))
      guard PartyLine.squeezed(sender).hasPrefix(squeezed), PartyLine.isName(sender), sender != name.value else {
        continue
      }
      return Candidate(
        text: sender, value: sender, kind: .text, currency: nil, score: name.score,
        provenance: page.provenance(of: [index]), place: .init(page: 0, row: segment.row))
    }
    for (index, segment) in page.segments.enumerated() {
      for company in PartyLine.companies(in: segment.text) where !PartyLine.isSimilar(company, other?.value) {
        let words = TextToken.words(of: company)
        guard words.first == first || PartyLine.squeezed(company).hasPrefix(squeezed), words.count > 1 else { continue }
        return Candidate(
          text: company, value: company, kind: .text, currency: nil, score: name.score,
          provenance: page.provenance(of: [index]), place: .init(page: 0, row: segment.row))
      }
    }
    return name
  }

  private static func spaced(_ text: String) -> String {
    " " + TextToken.words(of: text).joined(separator: " ") + " "
  }

  /// A bank account, a tax number or a register's stands in the line.
  private static func isOfBusiness(_ segment: PageText.Segment) -> Bool {
    let words = Set(segment.tokens.map(\.folded))
    return segment.tokens.count > 4 && !words.isDisjoint(with: business)
  }

  /// "meridianoffice" of `info@meridianoffice.example`; nil for everyone's hosts.
  private static func domain(_ word: Substring) -> String? {
    guard word.contains("@") || word.hasPrefix("www.") else { return nil }
    let host = word.split(separator: "@").last ?? word
    let parts = host.split(separator: ".").filter { $0 != "www" }
    guard parts.count >= 2 else { return nil }
    let name = PartyLine.squeezed(String(parts[parts.count - 2]))
    return name.count >= 4 && !hosts.contains(name) ? name : nil
  }

  /// Whether a domain is made of the first words of a name: "brinkmann-heizung" of "Brinkmann Heizung Sanitär e.K.".
  private static func isMadeOf(_ domain: String, _ name: String) -> Bool {
    guard let first = TextToken.words(of: name).first, first.count >= 4 else { return false }
    return domain.hasPrefix(first)
  }

  private static let mostSigns = 200  // of each kind: names are held against all of them
  private static let foot = 0.85  // of the page's height
  private static let business: Set<String> = [
    "iban", "bic", "hrb", "hra", "amtsgericht", "handelsregister", "geschaftsfuhrer", "siret", "rcs", "kvk", "bank",
    "sparkasse", "volksbank", "ust", "uid", "registered", "registernummer",
  ]
  private static let hosts: Set<String> = [
    "gmail", "googlemail", "outlook", "hotmail", "yahoo", "icloud", "gmx", "aol", "live", "freenet", "mail", "proton",
    "protonmail", "orange", "wanadoo", "libero",
  ]
}
