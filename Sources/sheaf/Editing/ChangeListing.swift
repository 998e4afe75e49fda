import CanonicalJSON

/// What differs between two payloads, in lines for people.
enum ChangeListing {
  private static let mostLines = 10  // lines: what one reads at a glance
  private static let longestValue = 60  // characters

  /// `  /words/12/text: "Tne" → "The"`; none where nothing differs. Numbers that changed come last.
  static func lines(_ old: JSONValue, _ new: JSONValue, limit: Int = mostLines) -> [String] {
    // What is read comes first: a rerun moves every box by a hair.
    let differences = JSONDifference.between(old, new)
    let all = differences.filter { !isNumeric($0) } + differences.filter(isNumeric)
    var lines = all.prefix(limit).map { "  \($0.path): \(text($0.old)) → \(text($0.new))" }
    if all.count > limit { lines.append("  and \(Measure.count(all.count - limit, "more change"))") }
    return lines
  }

  private static func isNumeric(_ difference: JSONDifference) -> Bool {
    difference.old?.double != nil && difference.new?.double != nil
  }

  private static func text(_ value: JSONValue?) -> String {
    guard let value else { return "nothing" }
    // Values that came from JSON can be written as JSON.
    let text = String(decoding: (try? value.canonicalBytes) ?? [], as: UTF8.self)
    return TerminalText.truncatedInMiddle(text, to: longestValue, mark: "…")
  }
}
