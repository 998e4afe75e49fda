/// What a worker tells of a unit it finished.
package struct UnitReport: Codable, Sendable, Hashable {
  package let checkpoint: CheckpointRecord
  /// The parts of a document stage, by page ascending.
  package let parts: [CheckpointRecord]
  /// Pages that the stage gave up, with their codes.
  package let gaps: [Int: GapCode]
  /// What made it: must equal the order's.
  package let engines: [String: String]
  /// User and system time of this unit in seconds.
  package let cpuSeconds: Double
  /// The process's resident memory after the unit, in bytes.
  package let residentBytes: Int

  package init(
    checkpoint: CheckpointRecord, parts: [CheckpointRecord], gaps: [Int: GapCode], engines: [String: String],
    cpuSeconds: Double, residentBytes: Int
  ) {
    self.checkpoint = checkpoint
    self.parts = parts
    self.gaps = gaps
    self.engines = engines
    self.cpuSeconds = cpuSeconds
    self.residentBytes = residentBytes
  }
}
