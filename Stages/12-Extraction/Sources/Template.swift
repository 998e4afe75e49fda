import Contracts

/// One template file: the fields that documents of a type have.
struct Template: Decodable, Sendable {
  let type: DocumentClass
  let fields: [Field]
  /// Labels of things that are no field here; they keep a shorter label inside them from matching.
  let others: [String]?

  struct Field: Decodable, Sendable {
    let name: String
    let kind: ValueKind
    /// What is printed beside or above the value, in any language.
    let labels: [String]?
    /// Labels that mean the field only if no better one is there.
    let weak: [String]?
    /// Words that have other meanings too: labels only where they begin a line and no other word follows.
    let leads: [String]?
    /// Where the value may stand; right, then below, if absent.
    let places: [Place]?
    /// Which of several equally good values is meant; the first if absent.
    let choice: Choice?
    /// How the value is found; by its label if absent.
    let reader: Reader?
  }

  enum Place: String, Decodable, Sendable { case right, below }

  enum Choice: String, Decodable, Sendable { case first, last, largest }

  /// A way of finding a value that needs more than a label.
  enum Reader: String, Decodable, Sendable {
    case label
    /// A seller or buyer: below a label, or by where names stand in letters.
    case seller, buyer
    /// A tax number, given to the party whose block it stands in.
    case sellerTaxNumber = "seller-tax-number"
    case buyerTaxNumber = "buyer-tax-number"
    /// The account to be paid to.
    case iban
    /// The currency that stands beside most amounts.
    case currency
    /// The head of a receipt.
    case shop
    case shopAddress = "shop-address"
  }
}
