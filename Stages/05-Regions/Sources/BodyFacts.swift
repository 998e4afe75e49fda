/// What the rules may know of the document as a whole.
struct BodyFacts: Sendable, Hashable {
  /// Points; 0 where the document has no text.
  let size: Double
  /// The largest size that much of the text has, in points.
  let largestText: Double
  let isBold: Bool
  let isMonospaced: Bool
  /// The family of its typeface; empty where unknown.
  let family: String
  /// Whether its numbered headings are set in larger or bold type, so that numbers before plain text count items.
  let numbersAreStyled: Bool
  /// Whether listings show what is typed behind a prompt, and what a program answers.
  let showsSessions: Bool
  /// The first page that has text: the title stands there.
  let titlePage: Int?
}
