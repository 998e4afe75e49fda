import Checkpoints
import Ledger
import StageKit

/// What happened to a unit over its job's life, as far as it tells why its result is what it is.
struct UnitChronicle: Sendable {
  /// In the order they began.
  let attempts: [AttemptRecord]
  let reason: RunCause.Reason?
  /// What the key of the result before was made of; nil for the first, and where it is gone.
  let earlierRecipe: KeyRecipe?
  private let earlierKey: Digest?
  private let earlierContent: Digest?
  private let hasEarlier: Bool

  init(_ unit: UnitID, _ survey: JobSurvey) async throws {
    attempts = try await survey.ledger.attempts(of: survey.job, unit: unit)
    let steps = Self.steps(try await survey.ledger.events(of: survey.job, unit: unit), attempts)
    let row = survey.row(of: unit)
    let before = steps.dropLast()
    let replaced = try await Self.replaced(unit, row, survey)
    let earlier = before.last
    hasEarlier = earlier != nil
    reason = Self.reason(steps.last, earlier, row)

    // A result that was found under its key tells no attempt, hence no key; the history has its envelope if its content
    // was another.
    let key = earlier?.key ?? (earlier?.kind == .found ? replaced?.key : nil)
    let isKnown = key != nil && key != row.key
    let fallback = before.last { $0.key != nil && $0.key != row.key }?.key ?? replaced?.key
    let former = isKnown || reason != .changed ? key : fallback
    earlierKey = former
    let artifact = if let former { try await survey.ledger.artifact(key: former) } else { ArtifactRecord?.none }
    let header = replaced?.key == former ? replaced : nil
    earlierContent = artifact?.checkpoint.content ?? header?.content
    let recipe = if let artifact { try await survey.recipe(of: artifact) } else { KeyRecipe?.none }
    earlierRecipe = reason == .changed ? recipe ?? header?.recipe : nil
  }

  /// What stood in the unit's place before; nil where nothing did.
  func earlier(than row: UnitRecord) -> EarlierResult? {
    guard hasEarlier else { return nil }
    let isEqual: Bool? = if let earlierContent, let content = row.content { earlierContent == content } else { nil }
    return EarlierResult(key: earlierKey, content: earlierContent, isEqual: isEqual)
  }

  /// Attempts for the same key that came to nothing.
  ///
  /// - Parameter maker: the attempt that came to something; nil for none.
  func setbacks(before maker: AttemptRecord?, of row: UnitRecord) -> Int {
    attempts.filter { attempt in
      attempt.key == (maker?.key ?? row.key) && attempt.outcome != .succeeded && attempt.outcome != nil
        && (maker.map { attempt.started < $0.started } ?? true)
    }.count
  }

  // MARK: Steps

  /// One end that the unit came to.
  private struct Step {
    enum Kind { case ran, found, gap, failed }
    let kind: Kind
    /// Nil where the event does not tell.
    let key: Digest?
    var isForced = false
  }

  private static func steps(_ events: [JobEvent], _ attempts: [AttemptRecord]) -> [Step] {
    let keys = Dictionary(attempts.map { ($0.attempt, $0.key) }) { first, _ in first }
    var steps: [Step] = []
    for event in events {
      let key = event.attempt.flatMap { keys[$0] }
      switch event.kind {
      case .unitFinished: steps.append(Step(kind: .ran, key: key))
      case .unitReused: steps.append(Step(kind: .found, key: nil))
      case .unitGap: steps.append(Step(kind: .gap, key: key))
      case .unitFailed: steps.append(Step(kind: .failed, key: key))
      case .unitRepeated: if !steps.isEmpty { steps[steps.count - 1].isForced = true }
      default: break
      }
    }
    return steps
  }

  private static func reason(_ last: Step?, _ earlier: Step?, _ row: UnitRecord) -> RunCause.Reason? {
    guard let last else { return nil }
    if last.isForced { return .forced }
    guard let earlier else { return .first }
    return earlier.key != nil && earlier.key == (last.key ?? row.key) ? .again : .changed
  }

  /// The newest of the unit's history.
  private static func replaced(_ unit: UnitID, _ row: UnitRecord, _ survey: JobSurvey) async throws -> CheckpointHeader?
  {
    guard row.history > 0 else { return nil }
    let tree = JobTree(survey.job, in: survey.folder)
    return try await BlockingWork.run { try tree.replaced(unit, number: row.history) }
  }
}
