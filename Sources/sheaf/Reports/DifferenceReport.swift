import CanonicalJSON
import Checkpoints
import DocumentModel
import Inspection
import StageKit

/// A difference for people: what comes first, then stage by stage what changed.
struct DifferenceReport {
  let difference: JobDifference
  let style: TerminalStyle
  let mostChanges: Int

  static let usual = 12  // changes of a unit: what fits a screen with some others

  init(_ difference: JobDifference, style: TerminalStyle, mostChanges: Int) {
    self.difference = difference
    self.style = style
    self.mostChanges = mostChanges
  }

  var lines: [String] {
    var lines = [head, first]
    for stage in difference.stages {
      lines.append("")
      lines += self.lines(stage)
    }
    return lines
  }

  private var head: String {
    let (old, new) = (difference.old, difference.new)
    if old.job == new.job { return "\(style.paint(TerminalText.plain(new.name), .bold))  \(new.job)  \(old.state) \(arrow) \(new.state)" }
    let names = [old, new].map { "\(style.paint(TerminalText.plain($0.name), .bold)) \($0.job)" }
    return names.joined(separator: " \(arrow) ") + (difference.sameDocument ? "" : style.paint("  another document", .yellow))
  }

  private var first: String {
    guard let stage = difference.stages.first else {
      return "No difference in \(Measure.count(difference.compared, "unit"))."
    }
    let options = stage.options.map { "\(stage.stage.rawValue).\(Self.option($0.what)) \(value($0.old)) \(arrow) \(value($0.new))" }
    let why = options.isEmpty ? "" : style.paint("  \(options.joined(separator: ", "))", .cyan)
    return "First difference: \(style.paint(stage.stage.rawValue, .bold))\(why)"
  }

  private static func option(_ what: String) -> String { String(what.dropFirst("options.".count)) }

  private func value(_ value: JSONValue?) -> String { value.map(StageListing.typed) ?? "–" }

  private var arrow: String { style.unicode ? "→" : "->" }

  private func lines(_ stage: JobDifference.Stage) -> [String] {
    let all = stage.units.count + stage.equal
    var lines = [
      "\(Measure.twoDigits(stage.stage.number))  \(style.paint(stage.stage.rawValue, .bold))"
        + style.paint("  \(stage.units.count) of \(Measure.count(all, "unit"))", .dim) + "  \(Self.summary(stage.units))"
    ]
    let engines = Set(stage.units.flatMap(\.reasons).filter { $0.what.hasPrefix("engines.") || $0.what == "version" })
    for reason in engines.sorted(by: { $0.what < $1.what }) {
      lines.append("    \(style.paint(reason.what, .cyan))  \(value(reason.old)) \(arrow) \(value(reason.new))")
    }
    for unit in stage.units { lines += self.lines(unit) }
    return lines
  }

  /// `12 words changed, 2 added`.
  private static func summary(_ units: [UnitDifference]) -> String {
    var counts: [String: Int] = [:]
    for unit in units { for (what, count) in unit.counts { counts[what, default: 0] += count } }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { what, count in
      let words = what.split(separator: " ")
      return "\(Measure.count(count, String(words[0]))) \(words.dropFirst().joined(separator: " "))"
    }.joined(separator: ", ")
  }

  private func lines(_ unit: UnitDifference) -> [String] {
    var lines = [style.paint("    \(Self.name(unit.unit))\(Self.status(unit))", .dim)]
    let shown = unit.changes.prefix(mostChanges)
    for (index, change) in shown.enumerated() { lines.append("    " + ChangeLine(change, number: index + 1, style: style).text) }
    let rest = unit.changes.count - shown.count + unit.omitted
    if rest > 0 { lines.append(style.paint("      \(style.ellipsis) \(Measure.count(rest, "more change")); --all shows them", .dim)) }
    for (suffix, text) in unit.texts.sorted(by: { $0.key < $1.key }) { lines += hunks(suffix, text) }
    for file in unit.files { lines.append("      \(file) differs") }
    return lines
  }

  private static func name(_ unit: UnitID) -> String {
    switch unit.subject {
    case .document: "document"
    case .page(let page): "page \(page)"
    case .format(let format): format
    }
  }

  private static func status(_ unit: UnitDifference) -> String {
    switch unit.status {
    case .changed: ""
    case .added: "  only in the new"
    case .removed: "  only in the old"
    case .gap: "  given up in one of them"
    }
  }

  private func hunks(_ suffix: String, _ text: UnifiedDifference) -> [String] {
    var lines = ["      \(style.paint(suffix, .bold))  \(style.paint("-\(text.removed)", .red)) \(style.paint("+\(text.added)", .green))"]
    let most = mostChanges == .max ? Int.max : 2 * Self.usual
    var rest = most
    for hunk in text.hunks {
      guard rest > 0 else {
        lines.append(style.paint("      \(style.ellipsis) more; --all shows it", .dim))
        break
      }
      lines.append("      " + style.paint(hunk.head, .cyan))
      for line in hunk.lines.prefix(rest) {
        let plain = TerminalText.plain(most == .max ? line : String(line.prefix(Self.widest)))
        lines.append("      " + (line.hasPrefix("-") ? style.paint(plain, .red) : line.hasPrefix("+") ? style.paint(plain, .green) : plain))
      }
      rest -= hunk.lines.count
    }
    return lines
  }

  private static let widest = 200  // characters of a line: a paragraph is a line, and may be long
}
