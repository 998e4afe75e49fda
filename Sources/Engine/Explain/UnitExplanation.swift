import CanonicalJSON
import Checkpoints
import Ledger
import StageKit

/// Why a unit's result is what it is: what its key is made of, what changed, where it came from, and what hangs on it.
package struct UnitExplanation: Codable, Sendable, Hashable {
  package let job: JobID
  /// The document's name.
  package let name: String
  package let unit: UnitID
  /// For a page of a stage over the document: that page, whose conclusion is a part of the unit's result.
  package let part: Int?
  package let state: UnitState
  package let key: Digest?
  /// Of the part where one was asked for.
  package let content: Digest?
  /// Bytes of the checkpoint, and of the files that belong to it.
  package let bytes: Int?
  package let files: Int
  package let gap: GapCode?
  package let failure: StageFailure?
  /// What a person put in its place; its `newer` is set where the stage makes something else by now.
  package let pin: PinEntry?
  /// For a stage over the document: its pages whose parts are pinned.
  package let pinnedParts: [UnitID]
  package let cause: RunCause
  /// What the key is made of; empty where that cannot be told.
  package let ingredients: [KeyIngredient]
  /// In which its key is not the one before; empty for a first run.
  package let differences: [KeyRecipe.Difference]
  package let previous: EarlierResult?
  /// Told by the checkpoint but not part of the key: processor and fonts.
  package let recorded: JSONValue?
  package let upstream: [Neighbour]
  package let dependents: [Neighbour]
  /// Units that depend on it, directly or through others.
  package let reach: Int
  package let attempts: [AttemptSummary]
  package let outlook: KeyOutlook

  package init(
    job: JobID, name: String, unit: UnitID, part: Int?, row: UnitRecord, content: Digest?, bytes: Int?, files: Int,
    pin: PinEntry?, pinnedParts: [UnitID], cause: RunCause, ingredients: [KeyIngredient],
    differences: [KeyRecipe.Difference],
    previous: EarlierResult?, recorded: JSONValue?, upstream: [Neighbour], dependents: [Neighbour], reach: Int,
    attempts: [AttemptSummary], outlook: KeyOutlook
  ) {
    self.job = job
    self.name = name
    self.unit = unit
    self.part = part
    state = row.state
    key = row.key
    self.content = content
    self.bytes = bytes
    self.files = files
    gap = row.gap
    failure = row.failure
    self.pin = pin
    self.pinnedParts = pinnedParts
    self.cause = cause
    self.ingredients = ingredients
    self.differences = differences
    self.previous = previous
    self.recorded = recorded
    self.upstream = upstream
    self.dependents = dependents
    self.reach = reach
    self.attempts = attempts
    self.outlook = outlook
  }
}
