/// Where a job stands.
package enum JobState: String, Codable, Sendable, Hashable, CaseIterable {
  case queued
  case running
  /// Waits for something from outside: a password, room on the disk.
  case paused
  case completed
  case completedWithErrors = "completed_with_errors"
  case failed
  case cancelled

  /// Whether nothing more happens unless somebody asks.
  package var isFinished: Bool {
    switch self {
    case .queued, .running, .paused: false
    case .completed, .completedWithErrors, .failed, .cancelled: true
    }
  }
}
