import Engine
import EventLoop
import HTTPServer
import Ledger
import StageKit

extension Problem {
  /// What any error is to the client.
  ///
  /// - Returns: nil where it is none that we know: then it is ours, and only the log tells what it was.
  package init?(of error: any Error) {
    switch error {
    case let problem as Problem: self = problem
    case let failure as StageFailure: self.init(failure)
    case let failure as HTTPFailure: self.init(failure)
    case let faults as PayloadFaults:
      self.init(faults.failure, stage: faults.unit.stage)
      self.faults = Array(faults.lines.prefix(Self.mostFaults))
    case let failure as LedgerFailure:
      guard let problem = Self.told(failure) else { return nil }
      self = problem
    case let failure as LoopFailure where failure.code == .poolFull:
      self = .later(.overloaded, "Too much is waiting for the disk.", seconds: 1)
    case let failure as LoopFailure where failure.code == .stopped:
      self = .later(.stopping, "The server is stopping.", seconds: 5)
    default: return nil
    }
  }

  /// Faults of an edit that are told: enough to begin with.
  private static let mostFaults = 50

  /// What the client is told of an error that is ours.
  package static let unexpected = Problem(
    ProblemCode(.internalError), "The server met an unexpected error.", hint: "Its log tells more.")

  private static func told(_ failure: LedgerFailure) -> Problem? {
    switch failure {
    case .jobNotFound(let job):
      Problem(ProblemCode(.jobNotFound), "There is no job \(job).", job: job)
    case .storage(_, outOfDisk: true):
      Problem(ProblemCode(.outOfDisk), "The disk of the data folder is full.", retryable: true)
    case .storage, .corrupt, .integrity:
      Problem(ProblemCode(.inputOutput), "The ledger could not be read or written.", retryable: true)
    case .closed: .later(.stopping, "The server is stopping.", seconds: 5)
    case .jobExists, .unitNotFound, .jobNotBuried, .staleFence, .attemptNotEnded, .missing, .tooNew, .tooOld: nil
    }
  }
}
