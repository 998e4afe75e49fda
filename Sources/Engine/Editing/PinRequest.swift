import Ledger
import StageKit

/// What is to stand for a unit in place of what its stage makes.
package struct PinRequest: Sendable {
  package enum Content: Sendable {
    /// Canonical JSON; version, options and files are those of another checkpoint of the unit, or of its stage as it is
    /// set where there is none.
    case payload([UInt8], like: CheckpointRecord?)
    /// A checkpoint that is stored already.
    case checkpoint(CheckpointRecord)
  }

  package var unit: UnitID
  package var content: Content
  /// Content digest of what the person saw there; where something else stands by now, the request is refused.
  package var expected: Digest?
  package var cause: HistoryEntry.Cause
  /// Who does it, as the command line or the server knows the person.
  package var author: String
  package var reason: String
  /// A file in the job's folder that the content was taken from, by its digest: it may be replaced.
  package var adopted: Digest?
  /// What depends on it waits for a person's `resume`: to edit more before it runs.
  package var holds: Bool

  package init(
    unit: UnitID, content: Content, expected: Digest?, cause: HistoryEntry.Cause, author: String, reason: String = "",
    adopted: Digest? = nil, holds: Bool = false
  ) {
    self.unit = unit
    self.content = content
    self.expected = expected
    self.cause = cause
    self.author = author
    self.reason = reason
    self.adopted = adopted
    self.holds = holds
  }
}

/// What came of it.
package enum PinOutcome: Sendable, Hashable {
  case pinned(Digest)
  /// It is what the stage makes itself, so nothing has to be pinned any more.
  case unpinned
  /// It is what stands there already.
  case unchanged
}
