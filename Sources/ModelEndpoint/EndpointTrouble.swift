import Curl
import StageKit

/// Why one try brought no answer.
enum EndpointTrouble: Error, Sendable {
  case transfer(TransferFailure)
  /// - Parameter retryAfter: seconds that the server asked to be left alone.
  case status(Int, retryAfter: Double?)
  /// What the reply lacks.
  case nonsense(String)

  /// Whether the same question may be answered later.
  var isTransient: Bool {
    switch self {
    case .transfer(let failure):
      switch failure {
      case .unreachable, .timedOut, .unresolved, .malformed: true
      case .addressRefused, .tooLarge, .insecure, .cancelled, .internalError: false
      }
    case .status(let status, _): [408, 409, 425, 429].contains(status) || status >= 500
    case .nonsense: false
    }
  }

  /// Whether nobody is there: what the circuit breaker counts.
  var isOutage: Bool {
    switch self {
    case .transfer(.tooLarge), .transfer(.cancelled), .transfer(.internalError): false
    case .transfer: true
    case .status(let status, _): status >= 500
    case .nonsense: false
    }
  }

  /// Seconds that the server asked for.
  var asked: Double? {
    if case .status(429, let seconds) = self { return seconds }
    if case .status(503, let seconds) = self { return seconds }
    return nil
  }

  /// What the stage is told, without a word of the server's own.
  var failure: StageFailure {
    switch self {
    case .transfer(let failure):
      StageFailure(
        .modelUnavailable, "The language model's endpoint does not answer (\(failure.code)).", hint: Self.hint)
    case .status(let status, _) where isTransient:
      StageFailure(.modelUnavailable, "The language model's endpoint answers \(status).", hint: Self.hint)
    case .status(401, _), .status(403, _):
      StageFailure(
        .modelRefused, "The language model's endpoint refuses the key.", hint: "Give a valid one as model.key.")
    case .status(404, _):
      StageFailure(
        .modelRefused, "The endpoint knows no such model.", hint: "Look at model.endpoint and the models' names.")
    case .status(let status, _):
      StageFailure(.modelRefused, "The language model's endpoint refuses the question (\(status)).")
    case .nonsense(let what): StageFailure(.modelRefused, "The language model's answer \(what).")
    }
  }

  private static let hint = "See that it runs (sheaf doctor), then run the stage again with --force."
}
