import Contracts
import DocumentModel

/// Reads the head of a receipt: the shop's name, then its address.
struct ReceiptHead {
  private let material: FieldMaterial
  private let page: PageText
  /// Index of the segment with the shop's name.
  private let name: Int?

  init?(_ material: FieldMaterial) {
    guard let page = material.pages.first else { return nil }
    self.material = material
    self.page = page
    let head = page.segments.indices.prefix(Self.headLines)
    let end = head.firstIndex { Self.endsHead(page.segments[$0].text) } ?? head.endIndex
    let names = head[head.startIndex..<end].filter { Self.isShop(page.segments[$0].text) }
    // A legal form tells the company from greetings and brands above it.
    name = names.prefix(Self.nameLines).first { PartyLine.isCompany(page.segments[$0].text) } ?? names.first
  }

  func shop() -> Candidate? {
    guard let name else { return nil }
    let text = PartyLine.cleaned(page.segments[name].text)
    let range = 0..<page.segments[name].scalars.count
    let sure = PartyLine.isCompany(text) ? 0.95 : 0.8
    return material.candidate(
      Finding(kind: .text, range: range, value: text, confidence: sure), page: 0, segment: name, score: 0.97)
  }

  func address() -> Candidate? {
    guard let name else { return nil }
    var taken: [Int] = []
    for index in page.segments.indices.dropFirst(name + 1).prefix(Self.addressLines + 4) {
      let text = page.segments[index].text
      // Numbers of taxes and telephones may stand between the name and the address.
      if Self.isNumbered(text) {
        if taken.isEmpty { continue }
        break
      }
      if Self.endsHead(text) { break }
      if !Self.isAddress(text, begun: !taken.isEmpty) {
        if taken.isEmpty { continue }
        break
      }
      taken.append(index)
      if taken.count == Self.addressLines { break }
    }
    guard !taken.isEmpty else { return nil }
    let text = PartyLine.joined(taken.map { page.segments[$0].text })
    let sure = taken.contains { PartyLine.isPostal(page.segments[$0].text) } ? 0.85 : 0.6
    let read = taken.map { page.segments[$0].confidence }.reduce(0, +) / Double(taken.count)
    return Candidate(
      text: text, value: text, kind: .text, currency: nil, score: sure * (0.6 + 0.4 * read),
      provenance: page.provenance(of: taken), place: .init(page: 0, row: page.segments[taken[0]].row))
  }

  /// Telephone, tax number, date, the word receipt: what comes after name and address.
  private static func endsHead(_ text: String) -> Bool {
    let words = TextToken.words(of: text)
    if words.contains(where: { enders.contains($0) }) { return true }
    let scalars = Scalars(text)
    return !DateScanner.dates(in: scalars).isEmpty || AmountScanner.amounts(in: scalars).contains { $0.decimals == 2 }
  }

  /// A registration, tax or telephone number with its label.
  private static func isNumbered(_ text: String) -> Bool {
    let words = TextToken.words(of: text)
    return words.contains { numbered.contains($0) } && text.contains(where: \.isNumber)
      && !words.contains { $0 == "invoice" || $0 == "receipt" }
      && AmountScanner.amounts(in: Scalars(text)).allSatisfy { $0.decimals != 2 }
  }

  private static func isShop(_ text: String) -> Bool {
    if text.contains(":") || isNumbered(text) && !text.contains("(") { return false }
    // A registration number in brackets is no part of the name.
    let bare = PartyLine.cleaned(text)
    let letters = bare.unicodeScalars.count { $0.isLetter }
    guard letters >= 4, letters * 2 > bare.unicodeScalars.count else { return false }
    let words = TextToken.words(of: text)
    return !(words.first.map { greetings.contains($0) || ways.contains($0) && !PartyLine.isCompany(text) } ?? true)
      && !(PartyLine.isPostal(text) && !PartyLine.isCompany(text))
  }

  private static func isAddress(_ text: String, begun: Bool) -> Bool {
    // A registration number in brackets is no address.
    let bare = PartyLine.cleaned(text)
    let letters = bare.unicodeScalars.count { $0.isLetter }
    guard letters >= 3 else { return false }
    if begun { return true }
    let words = TextToken.words(of: bare)
    let numbers = bare.split(separator: " ").contains { $0.first(where: \.isLetterOrNumber)?.isNumber ?? false }
    return numbers || bare.contains(",")
      || words.contains { places.contains($0) }
  }

  private static let headLines = 14
  private static let nameLines = 5
  private static let addressLines = 5
  private static let enders: Set<String> = [
    "tel", "telephone", "phone", "fax", "gst", "vat", "tax", "invoice", "receipt", "date", "cashier", "www", "http",
    "hotline", "email", "ust", "steuer", "kassenbon", "quittung", "rechnung", "ticket", "siret", "tva", "bill", "table",
    "hrs", "hp", "factura", "mesa", "tavolo", "tisch", "bord", "kvitto", "kvittering", "paragon", "nyugta", "scontrino",
    "fiscale", "documento", "kassabon", "bon", "fatura", "talao", "kassa", "kasse", "fecha", "datum", "data",
  ]
  private static let numbered: Set<String> = [
    "gst", "tel", "telephone", "phone", "fax", "ust", "siret", "tva", "vat", "reg", "registration", "cif", "nif",
    "nipc",
    "nip", "piva", "orgnr", "cvr", "btw", "kvk", "adoszam", "ico", "dic", "ustidnr", "telefon", "tlf",
  ]
  private static let greetings: Set<String> = [
    "welcome", "thank", "thanks", "copy", "duplicate", "original", "willkommen", "bienvenue",
  ]
  /// What the name of a street begins with.
  private static let ways: Set<String> = ["jalan", "jln", "lorong", "persiaran", "lebuh", "rue", "calle", "lot"]
  private static let places: Set<String> = [
    "jalan", "jln", "lot", "no", "taman", "street", "road", "avenue", "lane", "floor", "level", "unit", "block",
    "strasse", "rue", "via", "calle", "plaza", "mall", "autoroute", "kampung", "bandar", "persiaran", "lorong", "batu",
    "square",
  ]
}

extension Character {
  fileprivate var isLetterOrNumber: Bool { isLetter || isNumber }
}
