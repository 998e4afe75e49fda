import Contracts
import DocumentModel

/// Finds the account that is to be paid to: the only valid one of the pages, or the one that words of payment name.
struct IBANFinder {
  private let material: FieldMaterial

  init(_ material: FieldMaterial) { self.material = material }

  func account() -> Candidate? {
    var found: [Candidate] = []
    for (number, page) in material.pages.enumerated() {
      for index in page.segments.indices {
        found += accounts(in: index, of: page).map { account in
          let score = score(account.range.lowerBound, of: index, on: page)
          let finding = Finding(kind: .iban, range: account.range, value: account.value, confidence: 0.99)
          let candidate = material.candidate(finding, page: number, segment: index, score: score)
          guard let rest = account.rest else { return candidate }
          return Candidate(
            text: candidate.text + " " + page.segments[rest.segment].scalars.text(0..<rest.end), value: candidate.value,
            kind: .iban, currency: nil, score: candidate.score, provenance: page.provenance(of: [index, rest.segment]),
            place: candidate.place)
        }
      }
    }
    guard Set(found.map(\.value)).count > 1 else { return found.max { $0.score < $1.score } }
    return FieldChoice.best(found, .first)
  }

  private struct Account {
    let range: Range<Int>
    let value: String
    /// Where it goes on in the line below.
    var rest: (segment: Int, end: Int)?
  }

  private func accounts(in index: Int, of page: PageText) -> [Account] {
    let text = page.segments[index].scalars
    var found: [Account] = []
    var at = 0
    while at < text.count {
      if let account = IBAN.iban(text, at: at) {
        found.append(Account(range: account.range, value: account.value))
        at = account.range.upperBound
      } else {
        at += 1
      }
    }
    if let broken = broken(text, index, page) { found.append(broken) }
    return found
  }

  /// An account number that its line's end parts.
  private func broken(_ text: Scalars, _ index: Int, _ page: PageText) -> Account? {
    guard let start = IBAN.cutOff(text), let next = page.rows[safe: page.segments[index].row + 1]?.first else {
      return nil
    }
    let below = page.segments[next].scalars
    let joined = Scalars(text.text(start..<text.count) + " " + below.text(0..<min(below.count, Self.longestRest)))
    guard let account = IBAN.iban(joined, at: 0) else { return nil }
    let end = account.range.upperBound - (text.count - start) - 1
    return end > 0 ? Account(range: start..<text.count, value: account.value, rest: (next, end)) : nil
  }

  /// Words of payment before it speak for it, such that name the other's account against it.
  private func score(_ start: Int, of index: Int, on page: PageText) -> Double {
    let segment = page.segments[index]
    var words = segment.tokens.filter { $0.range.upperBound <= start }.map(\.folded)
    if words.count < Self.wordsBefore, let before = page.rows[safe: segment.row - 1] {
      words = before.flatMap { page.segments[$0].tokens.map(\.folded) } + words
    }
    let near = words.suffix(Self.wordsBefore)
    // The nearest word tells: "… from your account BE68 …", "Bank: DE34 …".
    let telling = near.last { Self.payers.contains($0) || Self.payees.contains($0) }
    return telling.map { Self.payers.contains($0) ? 0.5 : 0.97 } ?? 0.9
  }

  private static let wordsBefore = 10
  private static let longestRest = 40  // scalars of the line below that are looked at
  private static let payees: Set<String> = [
    "iban", "bank", "bankverbindung", "uberweisen", "uberweisung", "zahlbar", "virement", "rekening", "bonifico",
    "transfer", "payment", "transferencia", "rachunku", "ucet", "betaling",
  ]
  /// "… is debited from your account": the buyer's own.
  private static let payers: Set<String> = [
    "abgebucht", "abbuchen", "buchen", "eingezogen", "einziehen", "lastschrift", "debited", "debit", "preleve",
    "prelevement", "geincasseerd", "incasso", "addebito", "ihrem", "your", "votre", "uw", "cargo", "adeudo",
  ]
}
