import Checkpoints
import StageKit

/// What is asked of the owner of a data folder over its socket, one request a connection.
enum ControlRequest: Codable, Sendable, Hashable {
  case cancel(job: JobID)
  case status(job: JobID)
}

/// What the owner answers.
enum ControlResponse: Codable, Sendable, Hashable {
  case done
  case live(status: LiveStatus)
  case failed(failure: StageFailure)
}
