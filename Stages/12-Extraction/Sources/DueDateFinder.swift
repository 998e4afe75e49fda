import Contracts
import DocumentModel

/// Finds the day of payment in sentences, and reckons it where they tell days: "payable within 30 days".
struct DueDateFinder {
  private let material: FieldMaterial

  init(_ material: FieldMaterial) { self.material = material }

  /// - Parameter issue: the day of issue, which days are counted from.
  func date(issue: Candidate?) -> Candidate? {
    var told: [Candidate] = []
    var terms: [(days: Int, isNet: Bool, candidate: Candidate)] = []
    for (number, page) in material.pages.enumerated() {
      for index in page.segments.indices {
        let line = Line(page, index)
        if let finding = sentence(line) {
          if let issue, finding.value < issue.value { continue }
          told.append(material.candidate(finding, page: number, segment: index, score: 0.85))
        }
        for term in days(line) {
          let finding = Finding(
            kind: .date, range: term.range, value: String(term.days), confidence: term.isNet ? 0.9 : 0.85)
          terms.append((term.days, term.isNet, material.candidate(finding, page: number, segment: index, score: 0.85)))
        }
      }
    }
    if let best = FieldChoice.best(told, .last) { return best }
    // The longest term is the one without a discount.
    guard let issue, let term = terms.max(by: { (($0.isNet ? 1 : 0), $0.days) < (($1.isNet ? 1 : 0), $1.days) }),
      let value = Self.day(term.days, after: issue.value)
    else { return nil }
    return Candidate(
      text: term.candidate.text, value: value, kind: .date, currency: nil,
      score: min(issue.score, term.candidate.score), provenance: term.candidate.provenance, place: term.candidate.place)
  }

  /// A segment with the words before and behind it that belong to its sentence.
  private struct Line {
    let segment: PageText.Segment
    /// Folded words of the rows above and below, for sentences that go on over lines.
    let before: ArraySlice<String>
    let after: [String]

    init(_ page: PageText, _ index: Int) {
      segment = page.segments[index]
      let box = page.segments[index].box
      func over(_ row: Int) -> some BidirectionalCollection<PageText.Segment> {
        page.segments[page.rows[safe: row] ?? 0..<0].lazy.filter { $0.box.horizontalOverlap(box) > 0 }
      }
      // No more is looked at than is kept: hostile pages have rows of thousands.
      before = over(page.segments[index].row - 1).suffix(Self.words).reduce(into: [String]()) { words, segment in
        let begin = DueDateFinder.stop(segment.scalars, before: segment.scalars.count)
        if begin > 0 { words = [] }
        words += segment.tokens.filter { $0.range.lowerBound >= begin }.map(\.folded)
      }.suffix(Self.words)
      after = over(page.segments[index].row + 1).prefix(Self.words).flatMap { $0.tokens.map(\.folded) }
        .prefix(Self.words).map { $0 }
    }

    private static let words = 8  // of a row above or below
  }

  /// "… is due on 9 February", "Until 4 December without deduction", "… is debited on …".
  private func sentence(_ line: Line) -> Finding? {
    let text = line.segment.scalars
    var found: Finding?
    for date in DateScanner.dates(in: text) {
      guard let finding = material.reader.dates.finding(date) else { continue }
      let tokens = line.segment.tokens
      // Words of the same sentence only.
      let begin = Self.stop(text, before: date.range.lowerBound)
      let end = Self.stop(text, after: date.range.upperBound)
      let before = tokens.filter { $0.range.lowerBound >= begin && $0.range.upperBound <= date.range.lowerBound }
        .map(\.folded)
      let after = tokens.filter { $0.range.lowerBound >= date.range.upperBound && $0.range.upperBound <= end }
        .map(\.folded)
      let following = after + (end == text.count ? line.after : [])
      let preceding = (begin == 0 ? line.before : []) + before
      if (before + following).contains(where: Self.discounts.contains) { continue }
      let near = following.prefix(Self.wordsAfter)
      let isUntil = before.suffix(2).contains(where: Self.until.contains)
      let isOn = before.suffix(2).contains(where: Self.on.contains)
      if (isUntil || isOn) && near.contains(where: Self.dues.contains)
        || isOn && before.suffix(Self.wordsBefore).contains(where: Self.debits.contains)
        || isUntil
          && (near.contains(where: Self.payments.contains) || near.starts(with: ["ohne", "abzug"])
            || preceding.contains(where: Self.payments.contains))
      {
        found = finding
      }
    }
    return found
  }

  private static func stop(_ text: Scalars, before place: Int) -> Int {
    var at = place - 1
    while at > 0 {
      if isStop(text, at) { return at + 1 }
      at -= 1
    }
    return 0
  }

  private static func stop(_ text: Scalars, after place: Int) -> Int {
    var at = place
    while at < text.count {
      if isStop(text, at) { return at }
      at += 1
    }
    return text.count
  }

  private static func isStop(_ text: Scalars, _ at: Int) -> Bool {
    text[at] == ";"
      || text[at] == "." && (at + 1 == text.count || text.isSpace(at + 1)) && text.isLetter(at - 1)
        && text.isLetter(at - 2) && text.isLetter(at - 3)
  }

  /// The words around a number that belong to its sentence.
  private static func sentence(of place: Int, in segment: PageText.Segment) -> Range<Int> {
    let tokens = segment.tokens
    func parts(_ index: Int) -> Bool {
      (tokens[index - 1].range.upperBound..<tokens[index].range.lowerBound).contains { isStop(segment.scalars, $0) }
    }
    var (from, to) = (place, place + 1)
    while from > max(0, place - 10), !parts(from) { from -= 1 }
    while to < min(tokens.count, place + 9), !parts(to) { to += 1 }
    return from..<to
  }

  /// How many words away the nearest of a kind stands; what stands before counts as nearer.
  private static func distance(_ before: ArraySlice<String>, _ behind: ArraySlice<String>, _ isMeant: (String) -> Bool)
    -> Int?
  {
    let back = before.lastIndex(where: isMeant).map { before.endIndex - $0 }
    let ahead = behind.firstIndex(where: isMeant).map { $0 - behind.startIndex + 1 }
    return [back, ahead].compactMap(\.self).min()
  }

  /// "within 30 days", "Net 30", "14 Tage netto", "30 jours net", beside words of payment.
  private func days(_ line: Line) -> [(days: Int, isNet: Bool, range: Range<Int>)] {
    let tokens = line.segment.tokens
    let words = tokens.map(\.folded)
    var found: [(days: Int, isNet: Bool, range: Range<Int>)] = []
    for (place, token) in tokens.enumerated() where token.isNumber && token.folded.utf8.count <= 3 {
      guard let count = Int(token.folded), (1...Self.mostDays).contains(count) else { continue }
      let next = words[safe: place + 1] ?? line.after.first ?? ""
      let previous = words[safe: place - 1] ?? ""
      let isDays = Self.dayWords.contains(next)
      // "Net 30" has no word of days; "30 days" needs one of payment near by.
      let isShort = previous == "net" && !isDays && place + 1 >= words.count
      guard isDays || isShort, words[safe: place + 1] != "%" else { continue }
      let sentence = Self.sentence(of: place, in: line.segment)
      let before = ArraySlice(
        (sentence.lowerBound == 0 ? line.before.suffix(4) : []) + words[sentence.lowerBound..<place])
      let behind = words[place..<sentence.upperBound]
      let isNet =
        isShort || before.suffix(min(3, place - sentence.lowerBound)).contains(where: Self.nets.contains)
        || behind.prefix(5).contains(where: Self.nets.contains)
      if !isNet {
        // A complaint's days may stand in one sentence with those of payment: the nearer word tells.
        guard let payment = Self.distance(before, behind, { Self.payments.contains($0) || Self.dues.contains($0) }),
          payment < Self.distance(before, behind, Self.claims.contains) ?? .max,
          !(before + behind).contains(where: Self.others.contains),
          !behind.prefix(8).contains(where: Self.discounts.contains)
        else { continue }
      }
      let end = isDays && place + 1 < tokens.count ? tokens[place + 1].range.upperBound : token.range.upperBound
      found.append((count, isNet, token.range.lowerBound..<end))
    }
    return found
  }

  /// The date some days after another, both ISO 8601.
  static func day(_ days: Int, after date: String) -> String? {
    let parts = date.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return nil }
    var (year, month, day) = (parts[0], parts[1], parts[2] + days)
    while true {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
      if day <= length { break }
      day -= length
      month += 1
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    func padded(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(year)-\(padded(month))-\(padded(day))"
  }

  private static let wordsAfter = 8
  private static let mostDays = 180
  private static let until: Set<String> = [
    "bis", "zum", "spatestens", "by", "before", "until", "avant", "jusqu", "pour", "antes", "hasta", "voor",
    "uiterlijk", "tegen", "entro", "il", "ate", "do", "dnia", "senast", "senest", "inden", "innen", "viimeistaan",
  ]
  private static let on: Set<String> = [
    "am", "on", "le", "el", "op", "dne", "den", "em", "is", "ist", "zum",
  ]
  private static let dues: Set<String> = [
    "fallig", "due", "payable", "zahlbar", "abgebucht", "eingezogen", "abbuchen", "einziehen", "belastet", "ab",
    "debited", "collected", "charged", "echeance", "exigible", "preleve", "vence", "vervalt", "afgeschreven",
    "geincasseerd", "scade", "forfaller", "forfalder", "splatna", "splatne", "platne", "eingehend",
  ]
  /// What is said before the day that an account is debited on: "buchen wir am …".
  private static let debits: Set<String> = [
    "buchen", "abbuchen", "einziehen", "ziehen", "belasten", "debit", "collect", "prelevons", "preleverons",
    "cargaremos",
    "cargara", "incasseren", "addebiteremo", "addebitato", "pobierzemy", "debiterar", "traekkes",
  ]
  private static let wordsBefore = 4
  private static let payments: Set<String> = [
    "zahlung", "zahlen", "zahlbar", "zahlungsziel", "zahlungsbedingungen", "zahlungsbedingung", "zahlungskondition",
    "zahlungskonditionen", "zahlungsfrist", "bezahlen", "begleichen", "uberweisen", "uberweisung", "anweisen",
    "einzahlung", "pay", "payment", "payable", "paid", "terms", "settle", "remit", "paiement", "payer", "payable",
    "reglement", "regler", "conditions", "virement", "pago", "pagar", "abonar", "transferencia", "vencimiento",
    "betaling", "betalen", "betaaltermijn", "voldoen", "maken", "overmaken", "betalingstermijn", "pagamento", "pagare",
    "bonifico", "saldo", "pagamentos", "platnosc", "platnosci", "zaplaty", "zaplata", "zaplacic", "przelew", "betalas",
    "betala", "betalning", "betalningsvillkor", "betales", "betalingsbetingelser", "betalingsvilkar", "betalingsfrist",
    "splatnost", "splatnosti", "uhradit", "uhradte", "maksuehto", "maksu",
  ]
  private static let nets: Set<String> = ["netto", "net", "abzug", "deduction", "nets"]
  private static let discounts: Set<String> = [
    "skonto", "discount", "escompte", "descuento", "korting", "sconto", "kassarabatt", "kontantrabat", "nachlass",
  ]
  /// Terms that are none of payment.
  private static let others: Set<String> = [
    "ruckgabe", "widerruf", "widerrufsrecht", "return", "returns", "refund", "gultig", "valid", "lieferzeit",
    "delivery", "lieferung", "warranty", "overdue", "late", "verzug", "retard", "mahnung", "interest",
  ]
  /// What a customer who finds fault does in a term of its own.
  private static let claims: Set<String> = [
    "complaint", "complaints", "complain", "claim", "claims", "claimed", "defect", "defects", "report", "reported",
    "objection", "objections", "dispute", "disputes", "disputed", "discrepancies", "reklamation", "reklamationen",
    "reklamieren", "beanstandung", "beanstandungen", "beanstanden", "mangel", "mangeln", "mangelruge", "mangelrugen",
    "mangelanzeige", "rugen", "einwand", "einwande", "einwendungen", "einspruch", "reclamation", "reclamations",
    "contestation", "contestations", "defauts", "reclamacion", "reclamaciones", "defectos", "reclamo", "reclami",
    "vizi", "contestazioni", "reclame", "reclames", "klacht", "klachten", "gebreken", "reklamace", "reklamacje",
    "reklamasjon", "reklamationer",
  ]
  private static let dayWords: Set<String> = [
    "tage", "tagen", "tag", "kalendertage", "kalendertagen", "werktagen", "days", "day", "jours", "jour", "dias",
    "dagen", "giorni", "gg", "dni", "dagar", "dage", "dager", "dnu", "dny", "dnech", "paivaa", "pv", "nap",
  ]
}
