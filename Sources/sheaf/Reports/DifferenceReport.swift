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
    if old.job == new.job {
      return "\(style.paint(TerminalText.plain(new.name), .bold))  \(new.job)  \(old.state) \(arrow) \(new.state)"
    }
    let names = [old, new].map { "\(style.paint(TerminalText.plain($0.name), .bold)) \($0.job)" }
    return names.joined(separator: " \(arrow) ")
      + (difference.sameDocument ? "" : style.paint("  another document", .yellow))
  }

  private var first: String {
    guard let stage = difference.stages.first else {
      return "No difference in \(Measure.count(difference.compared, "unit"))."
    }
    let options = stage.options.map {
      "\(stage.stage.rawValue).\(Self.option($0.what)) \(value($0.old)) \(arrow) \(value($0.new))"
    }
    let why = options.isEmpty ? "" : style.paint("  \(options.joined(separator: ", "))", .cyan)
    return "First difference: \(style.paint(stage.stage.rawValue, .bold))\(why)"
  }

  private static func option(_ what: String) -> String { String(what.dropFirst("options.".count)) }

  private func value(_ value: JSONValue?) -> String {
    guard let value else { return style.unicode ? "–" : "-" }
    let text = StageListing.typed(value)
    // Twelve digits tell digests apart; all of them are in --json.
    return text.hasPrefix("sha256:") ? String(text.prefix(19)) + style.ellipsis : text
  }

  private var arrow: String { style.unicode ? "→" : "->" }

  private func lines(_ stage: JobDifference.Stage) -> [String] {
    let all = stage.units.count + stage.equal
    var lines = [
      "\(Measure.twoDigits(stage.stage.number))  \(style.paint(stage.stage.rawValue, .bold))"
        + style.paint("  \(stage.units.count) of \(Measure.count(all, "unit"))", .dim) + Self.summary(stage.units)
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
    let parts = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { what, count in
      let words = what.split(separator: " ")
      return "\(Self.count(count, String(words[0]))) \(words.dropFirst().joined(separator: " "))"
    }
    return parts.isEmpty ? "" : "  " + parts.joined(separator: ", ")
  }

  private func lines(_ unit: UnitDifference) -> [String] {
    var lines = [style.paint("    \(Self.name(unit.unit))\(Self.status(unit))", .dim)]
    let told = mostChanges == .max ? unit.changes : unit.changes.filter { $0.kind != .rescored }
    let shown = told.prefix(mostChanges)
    for (index, change) in shown.enumerated() {
      lines.append("    " + ChangeLine(change, number: index + 1, style: style).text)
    }
    if told.count > shown.count || unit.omitted > 0 {
      let rest = Measure.count(told.count - shown.count + unit.omitted, "more change")
      lines.append(style.paint("      \(style.ellipsis) \(rest); --all shows them", .dim))
    }
    if told.count < unit.changes.count { lines.append(Self.rescored(unit.changes, arrow)) }
    // Markdown, or what comes first after it, line by line; the other forms tell the same once more.
    for (suffix, text) in unit.texts.sorted(by: { $0.key < $1.key }) {
      lines += hunks(suffix, text, isTold: unit.unit == firstExport || mostChanges == .max)
    }
    for file in unit.files { lines.append("      \(file) differs") }
    return lines
  }

  private var firstExport: UnitID? {
    let units = difference.stages.first { $0.stage == .export }?.units.filter { !$0.texts.isEmpty } ?? []
    return Self.telling.lazy.compactMap { format in units.first { $0.unit.subject == .format(format) } }.first?.unit
  }

  private static let telling = ["md", "txt", "html", "csv", "chunks"]

  private static func count(_ number: Int, _ noun: String) -> String {
    number != 1 && noun.hasSuffix("y") ? "\(number) \(noun.dropLast())ies" : Measure.count(number, noun)
  }

  private static func rescored(_ changes: [Change], _ arrow: String) -> String {
    let changes = changes.filter { $0.kind == .rescored }
    func mean(_ side: (Change) -> Change.State?) -> Double {
      let scores = changes.compactMap { side($0)?.confidence?.value }
      return Score(scores.reduce(0, +) / Double(max(scores.count, 1))).value
    }
    let subjects = Set(changes.map(\.subject.rawValue))
    let what = count(changes.count, subjects.count == 1 ? subjects.first ?? "value" : "value")
    return "          \(what) the same but for confidence, mean \(mean { $0.old }) \(arrow) \(mean { $0.new })"
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

  private func hunks(_ suffix: String, _ text: UnifiedDifference, isTold: Bool) -> [String] {
    let counts = "\(style.paint("-\(text.removed)", .red)) \(style.paint("+\(text.added)", .green)) lines"
    var lines = ["      \(style.paint(suffix, .bold))  \(counts)"]
    guard isTold else { return lines }
    var rest = mostChanges == .max ? Int.max : 2 * Self.usual
    for hunk in text.hunks {
      guard rest > 0 else {
        lines.append(style.paint("      \(style.ellipsis) more; --all shows it", .dim))
        break
      }
      lines.append("      " + style.paint(hunk.head, .cyan))
      let told = mostChanges == .max ? hunk.lines : HunkLines(hunk.lines, mark: style.ellipsis).lines
      for line in told.prefix(rest) {
        let plain = TerminalText.plain(line)
        let paint: TerminalStyle.Paint? = line.hasPrefix("-") ? .red : line.hasPrefix("+") ? .green : nil
        lines.append("      " + (paint.map { style.paint(plain, $0) } ?? plain))
      }
      rest -= hunk.lines.count
    }
    return lines
  }
}
