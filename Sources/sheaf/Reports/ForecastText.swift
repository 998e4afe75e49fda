import Checkpoints
import Engine
import StageKit

/// What a rerun would do, for people: what is certain, what hangs on it, and how long.
struct ForecastText {
  private let forecast: RerunForecast
  private let style: TerminalStyle

  init(_ forecast: RerunForecast, style: TerminalStyle) {
    self.forecast = forecast
    self.style = style
  }

  var lines: [String] {
    let place = "job \(forecast.job), \(TerminalText.plain(forecast.name))"
    guard !forecast.units.isEmpty else {
      return ["Nothing would run in \(place): every result stands there already."]
    }
    var lines = ["A dry run of \(place): nothing was changed.", ""]
    lines += section(.runs, "Will run")
    lines += section(.mayRun, "May run, if what they need comes out different")
    lines += section(.found, "Come back from earlier runs, without running")
    lines += section(.lost, "Will be given up, for want of what they need")
    if forecast.staying > 0 {
      lines += [forecast.staying == 1 ? "1 unit stays as it is." : "\(forecast.staying) units stay as they are.", ""]
    }
    return lines + estimate
  }

  private func section(_ fate: UnitForecast.Fate, _ title: String) -> [String] {
    let units = forecast.units(fate)
    guard !units.isEmpty else { return [] }
    var table = TextTable(["", "", "", ""], rightAligned: [1, 2])
    for stage in StageID.allCases {
      let own = units.filter { $0.unit.stage == stage }
      // Units that run for one reason stand in one row.
      for (reason, alike) in Self.grouped(own, by: { reason($0) }) {
        let seconds = alike.compactMap(\.seconds)
        table.add([
          UnitListText.text(alike.map(\.unit)), String(alike.count),
          seconds.isEmpty ? "" : Measure.duration(seconds.reduce(0, +)), reason,
        ])
      }
    }
    return [style.paint("\(title): \(Measure.count(units.count, "unit"))", .bold)]
      + table.lines.dropFirst().map { "  " + $0 } + [""]
  }

  private func reason(_ unit: UnitForecast) -> String {
    switch unit.fate {
    case .runs:
      if unit.isForced { return "by --force" }
      let own = DifferenceText.ordered(unit.differences).filter { !$0.what.hasPrefix("upstream.") }
      guard !own.isEmpty else { return unit.differences.isEmpty ? "not done yet" : "something upstream changed" }
      return own.map { "\(DifferenceText.subject($0)) \(DifferenceText.change($0, style))" }.joined(separator: ", ")
    case .mayRun: return "needs \(Self.stages(unit.dependsOn))"
    case .found, .lost: return ""
    }
  }

  private static func stages(_ units: [UnitID]) -> String {
    StageID.allCases.filter { stage in units.contains { $0.stage == stage } }.map(\.rawValue).joined(separator: ", ")
  }

  private static func grouped(
    _ units: [UnitForecast], by reason: (UnitForecast) -> String
  ) -> [(String, [UnitForecast])] {
    var order: [String] = []
    let groups = Dictionary(grouping: units) { unit in
      let text = reason(unit)
      if !order.contains(text) { order.append(text) }
      return text
    }
    return order.map { ($0, groups[$0] ?? []) }
  }

  private var estimate: [String] {
    let (certain, possible) = (forecast.certain, forecast.possible)
    guard possible.units > 0 else { return ["It takes a moment: nothing has to run."] }
    let workers = Measure.count(possible.workers, "worker")
    let range =
      certain.elapsedSeconds < possible.elapsedSeconds
      ? "between \(Measure.duration(certain.elapsedSeconds)) and \(Measure.duration(possible.elapsedSeconds))"
      : "about \(Measure.duration(possible.elapsedSeconds))"
    var lines = ["As earlier runs went, it takes \(range) with \(workers)."]
    if possible.unknown > 0 {
      lines.append("\(Measure.count(possible.unknown, "unit")) of stages that never ran here are not counted in.")
    }
    return lines
  }
}
