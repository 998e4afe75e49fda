import CanonicalJSON
import Checkpoints
import StageKit

/// In what a unit differs between two states of a job, or two jobs.
package struct UnitDifference: Codable, Sendable, Hashable {
  package enum Status: String, Codable, Sendable, Hashable, CaseIterable {
    case changed
    /// Only the new state has it.
    case added
    /// Only the old state has it.
    case removed
    /// One of them gave it up.
    case gap
  }

  package let unit: UnitID
  package let status: Status
  /// In what its key's recipe differs: options, engines, upstream; empty for parts and for what was edited.
  package let reasons: [KeyRecipe.Difference]
  package let changes: [Change]
  /// How many changes were left out.
  package let omitted: Int
  /// For exports: text files by their suffix.
  package let texts: [String: UnifiedDifference]
  /// For exports: files other than text that differ, by suffix.
  package let files: [String]

  /// Options that differ, by name.
  package var options: [KeyRecipe.Difference] { reasons.filter { $0.what.hasPrefix("options") } }

  /// How many changes of each sort: `word changed`.
  package var counts: [(what: String, count: Int)] {
    var counts: [String: Int] = [:]
    for change in changes { counts["\(change.subject.rawValue) \(change.kind.rawValue)", default: 0] += 1 }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }
}
