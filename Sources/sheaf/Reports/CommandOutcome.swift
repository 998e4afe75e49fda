import StageKit

/// How a command ended, as scripts see it.
enum CommandOutcome: Int32, Sendable, Hashable, CaseIterable {
  case done = 0
  case failed = 1
  /// A job is complete but for pages or exports that were given up.
  case pageErrors = 3
  /// The command line itself is wrong (`EX_USAGE` of sysexits.h).
  case usage = 64
  // 128 and the number of the signal, as shells have it.
  case hungUp = 129
  case interrupted = 130
  case terminated = 143

  /// How bad it is: a batch ends with its worst.
  private var severity: Int {
    switch self {
    case .done: 0
    case .pageErrors: 1
    case .failed: 2
    case .usage: 3
    case .hungUp, .interrupted, .terminated: 4
    }
  }

  /// Of two, the worse; of equally bad ones, the first.
  static func worst(_ a: CommandOutcome, _ b: CommandOutcome) -> CommandOutcome { b.severity > a.severity ? b : a }

  /// What a failure is to a script: a wrong command line, or work that failed.
  init(_ code: ErrorCode) {
    switch code {
    case .unknownOption, .invalidOption, .unknownStage, .unknownFormat, .invalidRequest: self = .usage
    default: self = .failed
    }
  }
}
