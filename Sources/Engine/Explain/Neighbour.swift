import Ledger
import StageKit

/// Another unit that this one needs, or that needs this one.
package struct Neighbour: Codable, Sendable, Hashable {
  package let unit: UnitID
  package let state: UnitState
  package let content: Digest?
  package let gap: GapCode?
  package let isPinned: Bool
  /// Whether it was found under its key and not made by this job.
  package let isReused: Bool

  package init(unit: UnitID, state: UnitState, content: Digest?, gap: GapCode?, isPinned: Bool, isReused: Bool) {
    self.unit = unit
    self.state = state
    self.content = content
    self.gap = gap
    self.isPinned = isPinned
    self.isReused = isReused
  }
}
