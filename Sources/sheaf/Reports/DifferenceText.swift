import CanonicalJSON
import Checkpoints
import Engine
import StageKit

/// What made a key another one, in words.
enum DifferenceText {
  /// `option languages`, `upstream render/3`, `engine tesseract`.
  static func subject(_ difference: KeyRecipe.Difference) -> String {
    let parts = difference.what.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return difference.what }
    switch parts[0] {
    case "options": return "option \(parts[1])"
    case "upstream": return "upstream \(parts[1])"
    case "engines":
      if parts[1].hasPrefix("rule:") { return "rule \(parts[1].dropFirst(5))" }
      if parts[1].hasSuffix(".traineddata") { return "language \(parts[1].dropLast(12))" }
      return "engine \(parts[1])"
    default: return difference.what
    }
  }

  /// `auto → deu`.
  static func change(_ difference: KeyRecipe.Difference, _ style: TerminalStyle) -> String {
    let arrow = style.unicode ? " → " : " -> "
    return [difference.old, difference.new].map { $0.map(value) ?? "none" }.joined(separator: arrow)
  }

  /// An option as it is typed, a digest in short.
  static func value(_ value: JSONValue) -> String {
    guard let text = value.string else { return StageListing.typed(value) }
    if let digest = Digest(text), text.hasPrefix("sha256:") { return short(digest) }
    if text.hasPrefix("gap:") { return "a gap (\(text.dropFirst(4)))" }
    return StageListing.typed(value)
  }

  static func short(_ digest: Digest) -> String { String(digest.hex.prefix(shortest)) }

  /// From what people do to what follows from it: the version, options, upstream, engines; and without the language
  /// data that an option merely picks.
  static func ordered(_ differences: [KeyRecipe.Difference]) -> [KeyRecipe.Difference] {
    let groups = ["version", "options", "upstream", "engines"]
    let hasOption = differences.contains { $0.what.hasPrefix("options.") }
    func rank(_ difference: KeyRecipe.Difference) -> Int {
      groups.firstIndex { difference.what.hasPrefix($0) } ?? groups.count
    }
    let told = differences.filter { difference in
      !(hasOption && difference.what.hasSuffix(".traineddata") && (difference.old == nil || difference.new == nil))
    }
    return told.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(\.element)
  }

  /// What changed, as the end of a sentence: `an option changed`.
  static func summary(_ differences: [KeyRecipe.Difference]) -> String {
    var kinds: [String] = []
    for difference in ordered(differences) {
      let kind = kind(difference)
      if !kinds.contains(kind) { kinds.append(kind) }
    }
    return kinds.isEmpty ? "its key changed" : kinds.joined(separator: ", ")
  }

  /// Digits of a digest: two of a data folder's million objects share them with a chance of one in 500.
  private static let shortest = 12

  private static func kind(_ difference: KeyRecipe.Difference) -> String {
    let parts = difference.what.split(separator: ".", maxSplits: 1)
    switch parts.first {
    case "options": return "an option changed"
    case "upstream": return "something upstream changed"
    case "engines":
      if difference.what.hasSuffix(".traineddata") { return "language data changed" }
      return difference.what.contains("rule:") ? "a rule file changed" : "an engine changed"
    case "version": return "the stage has a new version"
    default: return "\(difference.what) changed"
    }
  }
}
