import StageKit

/// How a worker was lost in the middle of a unit.
enum UnitDeath: Sendable, Hashable {
  /// A signal or an exit nobody asked for; the signal's number, 0 for an exit.
  case crashed(signal: Int)
  /// Used more CPU time than its stage may.
  case cpuLimit
  /// Took longer than its stage may, however little of the processor it got.
  case wallLimit
  /// Grew beyond its limit.
  case memoryLimit
  /// Wrote more than its files may have, one or all together.
  case outputLimit

  /// What stands in the unit's place if it never succeeds.
  var gap: GapCode {
    switch self {
    case .crashed: .crashed
    case .cpuLimit, .wallLimit: .timedOut
    case .memoryLimit: .outOfMemory
    case .outputLimit: .outputTooLarge
    }
  }

  /// The same for people.
  func failure(of unit: UnitID) -> StageFailure {
    let stage = unit.stage.rawValue
    return switch self {
    case .crashed:
      StageFailure(.crashed, "The worker crashed in \(stage).", page: unit.page)
    case .cpuLimit, .wallLimit:
      StageFailure(.timedOut, "The \(stage) stage took longer than it may.", page: unit.page)
    case .memoryLimit:
      StageFailure(.outOfMemory, "The \(stage) stage needed more memory than it may use.", page: unit.page)
    case .outputLimit:
      StageFailure(.outputTooLarge, "The \(stage) stage wrote more than it may.", page: unit.page)
    }
  }
}
