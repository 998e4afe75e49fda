import Checkpoints
import StageKit

/// One thing that was found in a data folder.
package struct IntegrityFinding: Sendable, Hashable {
  package enum Grade: String, Sendable, Hashable {
    /// Nothing is wrong: a person's file, or something that `gc` would remove.
    case note
    /// Repairing puts it right.
    case repairable
    case healed
    /// Nothing in the folder can bring it back.
    case lost
  }

  /// Who is affected: a unit of a job, or all of the job.
  package struct Affected: Sendable, Hashable {
    package let job: JobID
    package let unit: UnitID?

    package init(_ job: JobID, _ unit: UnitID? = nil) {
      self.job = job
      self.unit = unit
    }
  }

  package let code: FindingCode
  /// Relative to the data folder.
  package let path: String
  /// One sentence.
  package let message: String
  package let affected: [Affected]
  package let grade: Grade
  /// What repairing would do, or did; for what is lost, what the user can do.
  package let remedy: String?
}
