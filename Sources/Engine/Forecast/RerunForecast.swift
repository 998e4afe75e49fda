import Checkpoints
import StageKit

/// What a rerun would do, told without doing anything.
package struct RerunForecast: Codable, Sendable, Hashable {
  package let job: JobID
  /// The job's document.
  package let name: String
  /// Units that would not stay as they are, by stage, then page.
  package let units: [UnitForecast]
  /// Units that would.
  package let staying: Int
  /// For those that run.
  package let certain: WorkEstimate
  /// For those and those that may.
  package let possible: WorkEstimate

  package init(
    job: JobID, name: String, units: [UnitForecast], staying: Int, certain: WorkEstimate, possible: WorkEstimate
  ) {
    self.job = job
    self.name = name
    self.units = units
    self.staying = staying
    self.certain = certain
    self.possible = possible
  }

  /// Units of one fate, by stage, then page.
  package func units(_ fate: UnitForecast.Fate) -> [UnitForecast] { units.filter { $0.fate == fate } }
}
