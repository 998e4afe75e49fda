/// What an attempt used.
package struct UnitCost: Codable, Sendable, Hashable {
  package let cpuSeconds: Double?
  /// Resident memory of the worker.
  package let peakBytes: Int?

  package init(cpuSeconds: Double?, peakBytes: Int?) {
    self.cpuSeconds = cpuSeconds
    self.peakBytes = peakBytes
  }
}
