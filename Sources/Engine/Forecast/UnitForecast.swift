import Checkpoints
import StageKit

/// What a rerun would do to one unit.
package struct UnitForecast: Codable, Sendable, Hashable {
  package enum Fate: String, Codable, Sendable, Hashable, CaseIterable {
    /// Runs, whatever comes of anything else.
    case runs
    /// Runs if something above it yields another content than before.
    case mayRun = "may_run"
    /// Its result stands under its new key already: nothing runs.
    case found
    /// Is given up, since something it cannot do without is a gap.
    case lost
  }

  package let unit: UnitID
  package let fate: Fate
  /// In which its new key is not the one it is done under; empty where it never ran or is forced.
  package let differences: [KeyRecipe.Difference]
  package let isForced: Bool
  /// The units whose new content decides.
  package let dependsOn: [UnitID]
  /// Seconds of a worker that it takes, as earlier runs took; nil where none is known.
  package let seconds: Double?

  package init(
    unit: UnitID, fate: Fate, differences: [KeyRecipe.Difference] = [], isForced: Bool = false,
    dependsOn: [UnitID] = [],
    seconds: Double? = nil
  ) {
    self.unit = unit
    self.fate = fate
    self.differences = differences
    self.isForced = isForced
    self.dependsOn = dependsOn
    self.seconds = seconds
  }
}
