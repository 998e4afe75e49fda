/// How many pins a job has.
package struct PinCounts: Sendable, Hashable {
  package let pins: Int
  /// Of them, those that are based on something else than their stages make now.
  package let conflicts: Int

  package init(pins: Int, conflicts: Int) {
    self.pins = pins
    self.conflicts = conflicts
  }
}
