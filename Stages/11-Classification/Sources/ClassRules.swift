import Contracts

/// One rule file: how documents of one type are known.
///
/// A weight is a logarithm of odds (natural): 1 makes the type 2.7 times as likely against all others, 3 twenty times.
struct ClassRules: Decodable, Sendable {
  let type: DocumentClass
  /// Names of rules of which at least one must match.
  let required: [String]?
  /// Phrases that rule the type out where they stand prominently.
  let forbidden: [String]?
  /// What documents of the type call themselves in their title, and what such call themselves that look alike but
  /// are none: the title set in the largest type decides, the first of equals.
  let titled: [String]?
  let mistitled: [String]?
  let rules: [Rule]
  let subtypes: [Subtype]?

  /// One thing that speaks for the type, or against it: words, or a fact.
  struct Rule: Decodable, Sendable {
    let name: String
    let weight: Double
    /// Phrases, any of which makes the rule match.
    let words: [String]?
    /// Where the words must stand; anywhere if absent.
    let place: Place?
    /// Counts for each different phrase that is found, at most this often; once if absent.
    let times: Int?
    let fact: DocumentFacts.Name?
    let least: Double?
    let most: Double?
  }

  /// A kind within the type, known by words.
  struct Subtype: Decodable, Sendable {
    let name: String
    let words: [String]
    let place: Place?
  }

  /// Where words stand.
  enum Place: String, Decodable, Sendable {
    /// In titles, headings and short lines of the first page's upper half.
    case prominent
    /// The same, but not in a line that says what a letter is about ("Re:").
    case title
    /// In headings on any page, alone but for a number.
    case heading
    /// Before a colon, or alone in their line or cell.
    case label
    /// On the first page.
    case first
    case anywhere
  }
}
