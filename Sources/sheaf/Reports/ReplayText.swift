import Checkpoints
import Engine
import StageKit

/// What became of a replayed stage, for people.
struct ReplayText {
  private let replay: JobReplay
  private let stage: StageID
  private let style: TerminalStyle

  init(_ replay: JobReplay, stage: StageID, style: TerminalStyle) {
    self.replay = replay
    self.stage = stage
    self.style = style
  }

  var lines: [String] {
    let title = "\(stage.rawValue) over job \(replay.job), \(TerminalText.plain(replay.name))"
    return [style.paint(title, .bold)] + Self.counts([replay], style).map { "  " + $0 } + details
  }

  /// Of all jobs together.
  static func total(_ replays: [JobReplay], stage: StageID, style: TerminalStyle) -> [String] {
    [style.paint("\(stage.rawValue) over \(Measure.count(replays.count, "job"))", .bold)]
      + counts(replays, style).map { "  " + $0 }
  }

  // MARK: How much

  private static func counts(_ replays: [JobReplay], _ style: TerminalStyle) -> [String] {
    let units = replays.flatMap(\.units)
    let verdicts = UnitReplay.Verdict.allCases.compactMap { verdict -> String? in
      let count = units.count { $0.verdict == verdict }
      return count == 0 ? nil : "\(count) \(verdict.rawValue)"
    }
    let line = "\(Measure.count(units.count, "unit")): \(verdicts.joined(separator: ", "))"
    return units.isEmpty ? ["no units: the job has none of this stage"] : [line] + costs(units, style)
  }

  /// Beside each other only where both are known, so that the sums speak of the same units.
  private static func costs(_ units: [UnitReplay], _ style: TerminalStyle) -> [String] {
    let arrow = style.unicode ? " → " : " -> "
    let times = units.compactMap { unit -> (Double, Double)? in
      guard let old = unit.oldCost?.cpuSeconds, let new = unit.newCost?.cpuSeconds else { return nil }
      return (old, new)
    }
    let memory = units.compactMap { unit -> (Int, Int)? in
      guard let old = unit.oldCost?.peakBytes, let new = unit.newCost?.peakBytes else { return nil }
      return (old, new)
    }
    guard !times.isEmpty, let oldMost = memory.map(\.0).max(), let newMost = memory.map(\.1).max() else { return [] }
    let (old, new) = times.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
    return [
      "processor  \(Measure.duration(old))\(arrow)\(Measure.duration(new))\(ratio(old, new))",
      "memory     \(Measure.bytes(oldMost))\(arrow)\(Measure.bytes(newMost)) at most",
    ]
  }

  private static func ratio(_ old: Double, _ new: Double) -> String {
    guard old > 0.05, new.isFinite else { return "" }
    let percent = Int(((new / old - 1) * 100).rounded())
    return percent == 0 ? "" : " (\(percent > 0 ? "+" : "")\(percent) %)"
  }

  // MARK: What

  private static let mostUnits = 20  // lines: --json has them all
  private static let mostPlaces = 4  // kinds of places of one unit

  private var details: [String] {
    let told = replay.units.filter { $0.verdict != .equal }
    var table = TextTable(["", "", ""])
    for unit in told.prefix(Self.mostUnits) {
      table.add([unit.unit.description, unit.verdict.rawValue, words(unit)])
    }
    let rest = told.count - Self.mostUnits
    return table.lines.dropFirst().map { "  " + $0 } + (rest > 0 ? ["  and \(rest) more"] : [])
  }

  private func words(_ unit: UnitReplay) -> String {
    if let failure = unit.failure { return failure.message }
    var words = unit.changes.prefix(Self.mostPlaces).map(Self.words)
    if unit.changes.count > words.count { words.append("and \(unit.changes.count - words.count) more places") }
    if words.isEmpty, unit.verdict == .changed { words.append("only its files") }
    if !unit.changedPages.isEmpty { words.append("pages \(PageSpans.text(unit.changedPages))") }
    return words.joined(separator: ", ")
  }

  /// `cells[].text 3 changed 1 added`.
  private static func words(_ change: PayloadChange) -> String {
    let counts = [("changed", change.changed), ("added", change.added), ("removed", change.removed)]
    return ([change.path.isEmpty ? "payload" : change.path] + counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" })
      .joined(separator: " ")
  }
}
