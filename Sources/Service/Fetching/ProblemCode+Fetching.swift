import Curl
import HTTPServer
import StageKit

extension ProblemCode {
  package static let invalidURL = ProblemCode("invalid_url", 422, "The URL cannot be used")
  package static let fetchRefused = ProblemCode("fetch_refused", 422, "This server may not fetch from there")
  package static let fetchFailed = ProblemCode("fetch_failed", 502, "The document could not be fetched")
  package static let fetchTimedOut = ProblemCode("fetch_timed_out", 504, "The document did not arrive in time")

  /// What the submission of a document by its URL may answer.
  package static let fetching: [ProblemCode] = [
    .invalidURL, .fetchRefused, .fetchFailed, .fetchTimedOut, ProblemCode(.fileTooLarge), .overloaded,
  ]
}

extension Problem {
  init(_ failure: TransferFailure) {
    switch failure {
    case .addressRefused:
      // The same whatever lies there: the answer must not tell what a private network holds.
      self.init(.fetchRefused, "The document's address is not one that this server may connect to.")
    case .unresolved: self.init(.fetchFailed, "The document's server has no address.")
    case .unreachable, .cancelled: self.init(.fetchFailed, "The document's server cannot be reached.", retryable: true)
    case .timedOut: self.init(.fetchTimedOut, "The document did not arrive in time.", retryable: true)
    case .tooLarge: self.init(ProblemCode(.fileTooLarge), "The document is larger than this server takes.")
    case .insecure: self.init(.fetchFailed, "The document's server has no valid certificate.")
    case .malformed: self.init(.fetchFailed, "What the document's server sends is not HTTP.")
    case .internalError: self.init(.fetchFailed, "The document could not be fetched.", retryable: true)
    }
  }
}
