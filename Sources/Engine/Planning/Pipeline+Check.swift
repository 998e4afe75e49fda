import Checkpoints
import StageKit

extension Pipeline {
  /// Whether every stage that is needed is there: a unit that waits for one that is not would wait for ever.
  ///
  /// - Throws: `StageFailure` that names the first one missing.
  func checkNeeds() throws(StageFailure) {
    for row in description.stages {
      for stage in row.needs.compactMap(\.stage) where scope(of: stage) == nil || stage >= row.stage {
        throw StageFailure(
          .internalError,
          "sheaf-worker has a stage \(row.stage.rawValue) that needs \(stage.rawValue), which it lacks.",
          hint: "Install sheaf and sheaf-worker from one release.")
      }
    }
  }

  /// Whether a job with these settings could run: finds out now what would else be found out on every page.
  ///
  /// - Throws: `StageFailure` with `language_data_missing`.
  func check(_ settings: JobSettings) throws(StageFailure) {
    for row in description.stages {
      let pages = Set(settings.overrides.filter { $0.stage == row.stage }.flatMap { $0.pages ?? [] })
      let units =
        row.scope == .page
        ? [UnitID(row.stage, .page(0))] + pages.sorted().map { UnitID(row.stage, .page($0)) }
        : [UnitID(row.stage, row.format.map { .format($0.rawValue) } ?? .document)]
      for unit in units { _ = try row.ingredients.keyed(options: options(of: unit, overrides: settings.overrides)) }
    }
  }
}
