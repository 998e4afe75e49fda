import StageKit

/// A unit of a job as the ledger knows it.
package struct UnitRecord: Codable, Sendable, Hashable {
  package let unit: UnitID
  package var state: UnitState
  /// The key it is done, or a gap, under.
  package var key: Digest?
  package var content: Digest?
  package var gap: GapCode?
  /// The failure behind a gap or a failed unit, in words.
  package var failure: StageFailure?
  /// Attempts so far, whatever their outcome.
  package var attempts: Int
  /// Attempts under `countedKey` that count against its limit (crash, timeout, memory).
  package var counted: Int
  package var countedKey: Digest?
  /// How often the unit's checkpoint was replaced: the number of its newest history file.
  package var history: Int
  /// Whether the checkpoint was found under its key and not made by this job.
  package var reused: Bool
  /// Whether somebody asked for it to run once more; not of a bundle, which is asked for nothing.
  package var again: RunAgain?

  package init(
    unit: UnitID, state: UnitState = .waiting, key: Digest? = nil, content: Digest? = nil, gap: GapCode? = nil,
    failure: StageFailure? = nil, attempts: Int = 0, counted: Int = 0, countedKey: Digest? = nil, history: Int = 0,
    reused: Bool = false, again: RunAgain? = nil
  ) {
    self.unit = unit
    self.state = state
    self.key = key
    self.content = content
    self.gap = gap
    self.failure = failure
    self.attempts = attempts
    self.counted = counted
    self.countedKey = countedKey
    self.history = history
    self.reused = reused
    self.again = again
  }

  private enum CodingKeys: String, CodingKey {
    case unit, state, key, content, gap, failure, attempts, counted, countedKey, history, reused
  }
}
