import StageKit

/// What happens to a unit in the course of its attempts, decided without doing anything. Pure.
///
/// Crashes, kills and limits count, at most three under one key, the last of them with nothing else running; failures of
/// the disk back off and then pause the job, since they say nothing of the document; everything else a stage says
/// about its input is final.
struct UnitStateMachine: Sendable, Hashable {
  let unit: UnitID
  let criticality: Criticality
  /// Attempts that counted.
  private(set) var counted: Int
  /// Failures since the last success that another try may mend.
  private(set) var setbacks = 0
  private(set) var phase = Phase.waiting

  enum Phase: Sendable, Hashable { case waiting, queued, running, ended }

  init(_ unit: UnitID, counted: Int = 0) {
    self.unit = unit
    criticality = Criticality(of: unit.stage)
    self.counted = counted
  }

  enum Event: Sendable, Hashable {
    /// Its result stands under its key.
    case found
    /// Nothing stands under its key.
    case missing
    /// Something it cannot do without is a gap.
    case upstreamLost(GapCode)
    case started
    case succeeded
    case failed(StageFailure)
    case died(UnitDeath)
    /// The owner stops, or takes the unit back; counts for nothing.
    case released
    case cancelled
  }

  enum Action: Sendable, Hashable {
    case queue(alone: Bool)
    /// Queue after a pause that grows with the number of setbacks, from 1.
    case queueLater(setback: Int)
    case settleDone
    case settleGap(GapCode, StageFailure)
    /// An export format that is not to be had.
    case settleFailed(StageFailure)
    case failJob(StageFailure)
    case pauseJob(StageFailure)
    /// What it read was damaged: find out what, and plan the job anew.
    case repair(StageFailure)
    case forget
  }

  /// Attempts under one key that may end in a crash, a kill or a limit.
  static let attemptLimit = 3
  /// Setbacks in a row before the job waits for a person; with the pauses between them about 13 seconds.
  static let setbackLimit = 6

  mutating func handle(_ event: Event) -> Action {
    switch event {
    case .found: return end(.settleDone)
    case .upstreamLost(let code): return lose(code, nil)
    case .missing:
      phase = .queued
      return .queue(alone: counted == Self.attemptLimit - 1)
    case .started:
      phase = .running
      return .forget
    case .succeeded: return end(.settleDone)
    case .failed(let failure): return fail(failure)
    case .died(let death): return die(death)
    case .released:
      phase = .queued
      return .queue(alone: counted == Self.attemptLimit - 1)
    case .cancelled: return end(.forget)
    }
  }

  private mutating func fail(_ failure: StageFailure) -> Action {
    switch failure.code {
    case .passwordRequired, .passwordWrong, .engineDrift, .invalidCheckpoint:
      phase = .waiting
      return .pauseJob(failure)
    case .checkpointCorrupt:
      phase = .waiting
      return .repair(failure)
    default:
      guard failure.retryable else { return lose(GapCode(failure.code), failure) }
      setbacks += 1
      phase = .queued
      return setbacks < Self.setbackLimit ? .queueLater(setback: setbacks) : .pauseJob(failure)
    }
  }

  private mutating func die(_ death: UnitDeath) -> Action {
    counted += 1
    guard counted >= Self.attemptLimit else {
      phase = .queued
      return .queue(alone: counted == Self.attemptLimit - 1)
    }
    return lose(death.gap, death.failure(of: unit))
  }

  private mutating func lose(_ code: GapCode, _ failure: StageFailure?) -> Action {
    // The codes of gaps are error codes, so the second is never taken.
    let told =
      failure ?? StageFailure(ErrorCode(rawValue: code.rawValue) ?? .engineFailed, code.sentence, page: unit.page)
    return switch criticality {
    case .gap: end(.settleGap(code, told))
    case .format: end(.settleFailed(told))
    case .job: end(.failJob(told))
    }
  }

  private mutating func end(_ action: Action) -> Action {
    phase = .ended
    return action
  }
}
