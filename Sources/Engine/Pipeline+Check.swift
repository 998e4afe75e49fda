import Checkpoints
import StageKit

extension Pipeline {
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
