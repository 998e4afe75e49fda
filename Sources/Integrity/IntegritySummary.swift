import Checkpoints

/// How a check ended.
package struct IntegritySummary: Sendable, Hashable {
  package internal(set) var notes = 0
  package internal(set) var repairable = 0
  package internal(set) var healed = 0
  package internal(set) var lost = 0
  /// Files read and hashed.
  package internal(set) var files = 0
  package internal(set) var bytes = 0
  /// Jobs some of whose units run again at the next resume.
  package internal(set) var jobsToResume: Set<JobID> = []

  mutating func count(_ finding: IntegrityFinding) {
    switch finding.grade {
    case .note: notes += 1
    case .repairable: repairable += 1
    case .healed: healed += 1
    case .lost: lost += 1
    }
  }
}
