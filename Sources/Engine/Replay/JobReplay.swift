import Checkpoints
import StageKit

/// What became of a stage over one job's stored checkpoints.
package struct JobReplay: Codable, Sendable, Hashable {
  package let job: JobID
  /// The job's document.
  package let name: String
  /// By page or format.
  package let units: [UnitReplay]

  package init(job: JobID, name: String, units: [UnitReplay]) {
    self.job = job
    self.name = name
    self.units = units
  }

  package func count(_ verdict: UnitReplay.Verdict) -> Int { units.count { $0.verdict == verdict } }
}
