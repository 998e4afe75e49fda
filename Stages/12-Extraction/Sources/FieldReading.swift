import Contracts
import DocumentModel

/// Reads all fields of a template.
struct FieldReading {
  private let material: FieldMaterial
  private(set) var fields: [String: ExtractedField] = [:]

  init(_ material: FieldMaterial) {
    self.material = material
    var found: [String: Candidate] = [:]
    let parties = PartyFinder(material).parties()
    let taxNumbers = TaxNumberFinder(material, parties).numbers()
    let head = ReceiptHead(material)
    for (index, field) in material.template.fields.enumerated() {
      switch field.reader ?? .label {
      case .label: found[field.name] = label(index, field)
      case .seller: found[field.name] = parties.seller
      case .buyer: found[field.name] = parties.buyer
      case .sellerTaxNumber: found[field.name] = taxNumbers.seller
      case .buyerTaxNumber: found[field.name] = taxNumbers.buyer
      case .iban: found[field.name] = IBANFinder(material).account()
      case .currency: found[field.name] = CurrencyFinder.currency(material, labelled: material.candidates(index))
      case .shop: found[field.name] = head?.shop()
      case .shopAddress: found[field.name] = head?.address()
      }
    }
    balance(&found)
    // What was to be paid before it was billed is a period's end, or another day.
    if let due = found["due_date"]?.value, let issue = found["issue_date"]?.value, due < issue {
      found["due_date"] = nil
    }
    if found["due_date"] == nil, material.template.type == .invoice {
      found["due_date"] = DueDateFinder(material).date(issue: found["issue_date"])
    }
    if material.template.type == .receipt { ReceiptTotal.settle(&found, material) }
    fields = found.filter { $0.value.score >= Self.least }.mapValues(\.field)
  }

  private func label(_ index: Int, _ field: Template.Field) -> Candidate? {
    let candidates = material.candidates(index)
    let sure = candidates.contains { $0.score > Self.strong }
    // What a weak label names in a sentence competes with a date that stands alone.
    if sure || field.kind != .date || (field.weak ?? []).isEmpty { return FieldChoice.best(candidates, field.choice) }
    return FieldChoice.best(candidates + loneDates(), field.choice)
  }

  /// Without any label: a date that stands alone in the upper half of the first page, or behind a town.
  private func loneDates() -> [Candidate] {
    guard let page = material.pages.first else { return [] }
    // Receipts print their only date anywhere, often with the time beside it.
    let receipt = material.template.type == .receipt
    var found: [Candidate] = []
    for (index, segment) in page.segments.enumerated() where receipt || segment.box.midY < page.size.height / 2 {
      guard let date = DateScanner.dates(in: segment.scalars).first, let finding = material.reader.dates.finding(date)
      else { continue }
      if receipt {
        found.append(material.candidate(finding, page: 0, segment: index, score: 0.7))
        continue
      }
      // A date with another label is another date.
      if material.isLabelled(0, index, before: date.range.lowerBound) { continue }
      let alone = date.range.count * 2 >= segment.scalars.count
      guard alone || segment.tokens.count <= Self.loneTokens else { continue }
      found.append(material.candidate(finding, page: 0, segment: index, score: alone ? 0.7 : 0.55))
    }
    return found
  }

  /// Net, tax and gross are chosen together.
  private func balance(_ found: inout [String: Candidate]) {
    let currency = found["currency"]?.value
    func all(_ name: String) -> [Candidate] {
      let candidates = material.template.fields.firstIndex { $0.name == name }.map { material.candidates($0) } ?? []
      // Sums told once more in another currency are not the invoice's.
      return candidates.map { candidate in
        let isForeign = currency != nil && candidate.currency.map { !Currencies.mayMean($0, currency) } ?? false
        return isForeign ? candidate.scored(candidate.score * Self.foreign) : candidate
      }
    }
    let gross = all("total_gross")
    guard material.template.fields.contains(where: { $0.name == "total_gross" }) else { return }
    let printed = everyAmount()
    let rows = SumRow.rows(printed, named: gross + all("amount_due"))
    let balance = AmountBalance(
      net: all("total_net") + rows.map(\.net), tax: all("total_tax") + rows.map(\.tax),
      gross: gross + rows.map(\.gross), others: printed,
      roundings: printed.filter { abs($0.cents ?? 0) <= Self.mostRounding && isRounding($0) }.compactMap(\.cents))
    found["total_net"] = balance.net
    found["total_tax"] = balance.tax
    found["total_gross"] = balance.gross
    // What is to be paid is a total where no other total is named.
    if balance.gross == nil, balance.net == nil, let due = found["amount_due"] {
      found["total_gross"] = due.scored(due.score * 0.85)
    }
    settlePaid(&found, printed)
    // Where nothing was paid before, the total is what is due.
    if found["amount_due"] == nil, let total = found["total_gross"], (found["amount_paid"]?.cents ?? 0) == 0 {
      found["amount_due"] = total.scored(total.score * 0.85)
    }
  }

  /// What was paid before must be what parts the total from what is due; else it is something else's amount.
  private func settlePaid(_ found: inout [String: Candidate], _ printed: [Candidate]) {
    guard let gross = found["total_gross"]?.cents, gross > 0 else { return }
    func amount(_ cents: Int) -> Candidate? { printed.last { $0.cents == cents } }
    let paid = found["amount_paid"]?.cents.map(abs)
    if let due = found["amount_due"]?.cents {
      // More than the total is due where something was open before.
      guard due <= gross, due >= 0, paid.map({ abs($0 - (gross - due)) > Self.rounding }) ?? (due < gross) else {
        return
      }
      found["amount_paid"] = due < gross ? amount(gross - due).map { $0.scored($0.score * 0.8) } : nil
    } else if let paid, paid != 0, paid != gross {
      let rest = paid < gross ? amount(gross - paid) : nil
      found["amount_due"] = rest.map { $0.scored($0.score * 0.8) }
      if rest == nil, let score = found["amount_paid"]?.score, score < Self.unproven { found["amount_paid"] = nil }
    }
  }

  /// Whether a word of rounding stands in the row of an amount, or in the row above.
  private func isRounding(_ candidate: Candidate) -> Bool {
    let page = material.pages[candidate.place.page]
    return [candidate.place.row, candidate.place.row - 1].contains { row in
      page.rows[safe: row]?.contains { index in
        page.segments[index].tokens.contains { Self.roundings.contains($0.folded) }
      } ?? false
    }
  }

  private func everyAmount() -> [Candidate] {
    material.pages.enumerated().flatMap { number, page in
      page.segments.enumerated().flatMap { index, segment in
        AmountScanner.amounts(in: segment.scalars).filter { $0.decimals == 2 }.map { amount in
          material.candidate(
            Finding(
              kind: .amount, range: amount.range, value: amount.decimal, currency: amount.currency, confidence: 0.9),
            page: number, segment: index, score: 0.8)
        }
      }
    }
  }

  private static let unproven = 0.85  // of an amount with decimals right beside a good label: it needs no sum
  private static let foreign = 0.5
  private static let mostRounding = 50  // hundredths: to whole crowns and rupees
  private static let roundings: Set<String> = [
    "rundung", "rundungsdifferenz", "gerundet", "rounding", "round", "oresutjamning", "oresavrundning", "arrondi",
    "arrotondamento", "afronding", "afrunding", "avrundning", "oreavrunding", "zaokrouhleni", "zaokraglenie",
    "redondeo", "pyoristys", "kerekites",
  ]
  private static let rounding = 2  // hundredths
  private static let least = 0.3  // below it a value is a guess that helps no one
  private static let strong = 0.65  // better than any weak label or lone value
  private static let loneTokens = 6
}
