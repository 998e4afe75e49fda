import Contracts
import DocumentModel
import StageKit
import Yams

/// All shipped rules, with their phrases ready to be found in one pass.
struct RuleBook: Sendable {
  /// Whose phrase it is.
  enum Owner: Sendable, Hashable {
    /// Class, then rule.
    case rule(Int, Int)
    case forbidden(Int)
    case titled(Int)
    case mistitled(Int)
    /// Class, then subtype.
    case subtype(Int, Int)
  }

  let classes: [ClassRules]
  let index: PhraseIndex
  /// For each phrase of the index whose it is.
  let owners: [Owner]
  let places: [ClassRules.Place]

  func isTitle(_ owner: Owner) -> Bool {
    switch owner {
    case .titled, .mistitled: true
    case .rule, .forbidden, .subtype: false
    }
  }

  /// - Throws: `StageFailure` where a shipped file is malformed: a test reads them all.
  static func shipped() throws -> RuleBook {
    let files = ShippedRules.files.filter { $0.name != "lookalikes" }
    let lookalikes = try ShippedRules.decode([String].self, "lookalikes")
    return RuleBook(try files.map { try ShippedRules.decode(ClassRules.self, $0.name) }, lookalikes: lookalikes)
  }

  init(_ classes: [ClassRules], lookalikes: [String] = []) {
    var phrases: [String] = []
    var owners: [Owner] = []
    var places: [ClassRules.Place] = []
    func add(_ words: [String], _ owner: Owner, _ place: ClassRules.Place?) {
      for phrase in words {
        phrases.append(phrase)
        owners.append(owner)
        places.append(place ?? .anywhere)
      }
    }
    for (number, rules) in classes.enumerated() {
      for (index, rule) in rules.rules.enumerated() { add(rule.words ?? [], .rule(number, index), rule.place) }
      add(rules.forbidden ?? [], .forbidden(number), .prominent)
      add(rules.titled ?? [], .titled(number), .prominent)
      add(rules.mistitled ?? [], .mistitled(number), .prominent)
      for (index, subtype) in (rules.subtypes ?? []).enumerated() {
        add(subtype.words, .subtype(number, index), subtype.place)
      }
    }
    self.classes = classes
    self.owners = owners
    self.places = places
    index = PhraseIndex(phrases, lookalikes: lookalikes)
  }
}
