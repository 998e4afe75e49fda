extension UnitID: Comparable {
  /// By stage, then by subject.
  package static func < (a: UnitID, b: UnitID) -> Bool {
    a.stage == b.stage ? a.subject < b.subject : a.stage < b.stage
  }
}
