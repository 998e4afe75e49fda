import DocumentModel

/// What the columns of line items are called, by what they hold.
struct LineItemNames {
  enum Column: Int { case description, quantity, unitPrice, amount }

  /// The file `line-items.yaml`.
  struct Lists: Decodable, Sendable {
    let description: [String]
    let quantity: [String]
    let unitPrice: [String]
    let amount: [String]
  }

  private let index: PhraseIndex
  private let owners: [Column]

  init(_ names: Lists) {
    let lists: [(Column, [String])] = [
      (.description, names.description), (.quantity, names.quantity), (.unitPrice, names.unitPrice),
      (.amount, names.amount),
    ]
    index = PhraseIndex(lists.flatMap(\.1))
    owners = lists.flatMap { list in list.1.map { _ in list.0 } }
  }

  /// - Returns: what a column holds; nil inside where it is a tax or a share and none of these; nil where the head
  ///   tells nothing.
  func column(_ head: String) -> Column?? {
    let tokens = TextToken.tokens(of: head)
    // The longest name; of equals the first, and of equal stretches what the file names first.
    var best: PhraseIndex.Match?
    for match in index.matches(in: tokens) where match.tokens.count > best?.tokens.count ?? 0 { best = match }
    let column: Column?? = best.map { owners[$0.phrase] }
    // A price and a tax that share a head may share their cells: what multiplies will tell.
    if Self.isTax(tokens.map(\.folded)) { return column == .some(.unitPrice) ? nil : .some(nil) }
    return column
  }

  /// The names in a text from left to right, each with its tokens; of names within names the longest.
  func names(in tokens: [TextToken]) -> [(column: Column, tokens: Range<Int>)] {
    var found: [(column: Column, tokens: Range<Int>)] = []
    for match in index.matches(in: tokens) where match.tokens.lowerBound >= found.last?.tokens.upperBound ?? 0 {
      found.append((owners[match.phrase], match.tokens))
    }
    return found
  }

  /// "VAT amount" and "USt. %" are no amounts of positions; "Total excl. VAT" is.
  private static func isTax(_ words: [String]) -> Bool {
    if words.contains("%") { return true }
    return words.contains { taxes.contains($0) } && !words.contains { besides.contains($0) }
  }

  private static let taxes: Set<String> = [
    "vat", "tax", "taxes", "gst", "cgst", "sgst", "igst", "hst", "ust", "mwst", "umsatzsteuer", "mehrwertsteuer",
    "steuer", "tva", "iva", "btw", "moms", "mva", "dph", "alv", "afa", "pdv", "ddv", "discount", "rabatt", "remise",
    "sconto", "korting", "descuento", "rabat", "desconto", "sleva",
  ]
  private static let besides: Set<String> = [
    "incl", "inc", "including", "excl", "exc", "excluding", "ex", "ohne", "mit", "inkl", "exkl", "zzgl", "netto",
    "brutto", "hors", "sans", "avec", "sin", "con", "sem", "com", "zonder", "met", "bez", "ekskl", "eks", "ht", "ttc",
    "net", "gross", "before", "after", "s", "vor",
  ]
}
