import CanonicalJSON
import Checkpoints
import Engine
import Ledger
import StageKit

/// An explanation for people: from the answer to the details, a screenful.
struct ExplanationText {
  private let explanation: UnitExplanation
  private let style: TerminalStyle
  /// What to add to commands that are suggested.
  private let repeated: String

  init(_ explanation: UnitExplanation, style: TerminalStyle, repeated: String = "") {
    self.explanation = explanation
    self.style = style
    self.repeated = repeated
  }

  var lines: [String] {
    var lines = heading
    for (title, body) in sections where !body.isEmpty {
      lines += ["", style.paint(title, .bold)] + body.map { "  " + $0 }
    }
    return lines
  }

  private var sections: [(String, [String])] {
    [
      ("Why", CauseText(explanation, style: style, repeated: repeated).lines), ("Made of", ingredients),
      ("Needed by", dependents), ("Attempts", attempts), ("Today", today),
    ]
  }

  // MARK: What it is

  private var heading: [String] {
    let unit = explanation.part.map { "\(explanation.unit.stage.rawValue)/\($0)" } ?? explanation.unit.description
    var facts = [explanation.state.rawValue]
    if let bytes = explanation.bytes {
      let files = explanation.files > 0 ? " with \(Measure.count(explanation.files, "file"))" : ""
      facts.append(Measure.bytes(bytes) + files)
    }
    if let content = explanation.content { facts.append("content \(DifferenceText.short(content))") }
    if let key = explanation.key { facts.append("key \(DifferenceText.short(key))") }
    let place = "job \(explanation.job), \(TerminalText.plain(explanation.name))"
    return [
      "\(style.paint(unit, .bold)) of \(place)", facts.joined(separator: style.separator),
    ]
  }

  // MARK: What it is made of

  private static let mostAlike = 4  // units of one stage: more are told in one line

  private var ingredients: [String] {
    let changed = Dictionary(explanation.differences.map { ($0.what, $0) }) { first, _ in first }
    let neighbours = Dictionary(explanation.upstream.map { ($0.unit.description, $0) }) { first, _ in first }
    var table = TextTable(["", "", "", "", ""])
    let upstream = explanation.ingredients.filter { $0.kind == .upstream }
    let crowds = Dictionary(grouping: upstream) { UnitID($0.name)?.stage }.filter { $0.value.count > Self.mostAlike }
    var told: Set<StageID> = []
    for ingredient in explanation.ingredients {
      if ingredient.kind == .upstream, changed[ingredient.path] == nil, let stage = UnitID(ingredient.name)?.stage,
        let crowd = crowds[stage]
      {
        if told.insert(stage).inserted { table.add(row(crowd.filter { changed[$0.path] == nil })) }
        continue
      }
      table.add(row(ingredient, changed[ingredient.path], neighbours[ingredient.name]))
    }
    for difference in explanation.differences where difference.new == nil {
      table.add(["", DifferenceText.subject(difference), "gone", "", was(difference)])
    }
    var lines = Array(table.lines.dropFirst())
    if let recorded = explanation.recorded?.object, !recorded.isEmpty {
      let parts = recorded.sorted { $0.key < $1.key }.map { "\($0.key) \(DifferenceText.value($0.value))" }
      lines.append(style.paint("recorded, not part of the key: \(parts.joined(separator: ", "))", .dim))
    }
    return lines
  }

  private func row(
    _ ingredient: KeyIngredient, _ difference: KeyRecipe.Difference?, _ neighbour: Neighbour?
  ) -> [String] {
    let isSingle = ingredient.kind == .version || ingredient.kind == .source
    return [
      isSingle ? "" : ingredient.kind.rawValue, ingredient.name, DifferenceText.value(ingredient.value),
      note(ingredient, neighbour), difference.map(was) ?? "",
    ]
  }

  /// Many units of one stage.
  private func row(_ crowd: [KeyIngredient]) -> [String] {
    let units = crowd.compactMap { UnitID($0.name) }
    let gaps = crowd.count { $0.value.string?.hasPrefix("gap:") == true }
    return [
      KeyIngredient.Kind.upstream.rawValue, UnitListText.text(units), Measure.count(units.count, "page"),
      gaps > 0 ? "\(gaps) of them gaps" : "", "",
    ]
  }

  private func note(_ ingredient: KeyIngredient, _ neighbour: Neighbour?) -> String {
    if explanation.unit.stage == .export, ingredient.path == "options.name" { return "the document's name" }
    switch ingredient.origin {
    case .default?: return "default"
    case .set?:
      let place = ingredient.pages.map { "for page\($0.count == 1 ? "" : "s") \(PageSpans.text($0))" } ?? "for the job"
      let standard = ingredient.default.map { ", default \(DifferenceText.value($0))" } ?? ""
      return "set \(place)\(standard)"
    case .former?: return "as it was then"
    case nil: break
    }
    if ingredient.kind == .source { return TerminalText.plain(explanation.name) }
    guard let neighbour, neighbour.gap == nil else { return "" }
    if neighbour.isPinned { return "pinned" }
    return neighbour.isReused ? "found, not made here" : "made here"
  }

  private func was(_ difference: KeyRecipe.Difference) -> String {
    difference.old.map { "was \(DifferenceText.value($0))" } ?? "new"
  }

  // MARK: What hangs on it

  private var dependents: [String] {
    guard !explanation.dependents.isEmpty else { return ["nothing: it is an end"] }
    let direct = UnitListText.text(explanation.dependents.map(\.unit))
    let more = explanation.reach - explanation.dependents.count
    return [direct] + (more > 0 ? ["and through them \(Measure.count(more, "more unit"))"] : [])
  }

  // MARK: What it cost

  private static let mostAttempts = 10  // the newest; --json has them all

  private var attempts: [String] {
    guard !explanation.attempts.isEmpty else { return [] }
    var table = TextTable(
      ["NO", "STARTED", "OUTCOME", "TOOK", "PROCESSOR", "MEMORY", "KEY"], rightAligned: [0, 3, 4, 5])
    for attempt in explanation.attempts.suffix(Self.mostAttempts) {
      table.add([
        String(attempt.attempt), Moment.local(attempt.started), Self.outcome(attempt),
        attempt.seconds.map(Measure.duration) ?? "", attempt.cpuSeconds.map(Measure.duration) ?? "",
        attempt.peakBytes.map(Measure.bytes) ?? "", DifferenceText.short(attempt.key),
      ])
    }
    let left = explanation.attempts.count - Self.mostAttempts
    return table.lines + (left > 0 ? ["and \(left) before them"] : [])
  }

  private static func outcome(_ attempt: AttemptSummary) -> String {
    if let failure = attempt.failure { return failure.code.rawValue }
    if let signal = attempt.signal { return "killed (\(signal))" }
    return attempt.outcome?.split(separator: "_").joined(separator: " ") ?? "running"
  }

  // MARK: What it would be today

  private var today: [String] {
    let outlook = explanation.outlook
    let changes = DifferenceText.ordered(outlook.differences).map {
      "\(DifferenceText.subject($0))  \(DifferenceText.change($0, style))"
    }
    let job = "\(explanation.job)"
    switch outlook.verdict {
    case .current: return ["\(style.doneMark) up to date: the programs installed now would take it as it is"]
    case .stale:
      return ["\(style.warningMark) stale: made with other programs than are installed now"] + changes.map { "  " + $0 }
        + [
          "A finished job keeps what it has. Make it anew with: "
            + "sheaf rerun \(job) --stage \(explanation.unit.stage.rawValue)\(repeated)"
        ]
    case .outdated:
      return ["\(style.warningMark) out of date: its key would be another now"] + changes.map { "  " + $0 }
        + ["Bring it up to date with: sheaf resume \(job)\(repeated)"]
    case .impossible:
      return ["\(style.failureMark) it could not be made now. \(outlook.failure?.message ?? "")"]
        + (outlook.failure?.hint.map { [$0] } ?? [])
    case .unknown: return ["not known: something above it is open or missing"]
    }
  }
}
