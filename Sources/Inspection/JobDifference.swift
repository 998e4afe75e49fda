import Checkpoints
import StageKit

/// In what two states of a job, or two jobs, differ.
package struct JobDifference: Codable, Sendable, Hashable {
  package struct Side: Codable, Sendable, Hashable {
    package let job: JobID
    package let name: String
    /// Which state of it: `now`, `before`, `history 2`.
    package let state: String
  }

  package struct Stage: Codable, Sendable, Hashable {
    package let stage: StageID
    /// Units that differ, by subject.
    package let units: [UnitDifference]
    /// Units that are equal.
    package let equal: Int

    /// Options that differ in any of its units, each once.
    package var options: [KeyRecipe.Difference] {
      var seen: Set<KeyRecipe.Difference> = []
      return units.flatMap(\.options).filter { seen.insert($0).inserted }
    }
  }

  package let old: Side
  package let new: Side
  /// Whether both are of the same document.
  package let sameDocument: Bool
  /// The first stage whose results differ; nil where all are equal.
  package let first: StageID?
  /// Stages that were compared and differ, in the order of the pipeline.
  package let stages: [Stage]
  /// Units that were compared.
  package let compared: Int
}
