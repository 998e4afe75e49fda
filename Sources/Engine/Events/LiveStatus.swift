import StageKit

/// What runs of a job at this moment.
package struct LiveStatus: Codable, Sendable, Hashable {
  /// Running units with how far they are, 0…1; by stage, then page.
  package let running: [Running]

  package struct Running: Codable, Sendable, Hashable {
    package let unit: UnitID
    package let fraction: Double
    /// The worker's process id.
    package let worker: Int

    package init(unit: UnitID, fraction: Double, worker: Int) {
      self.unit = unit
      self.fraction = fraction
      self.worker = worker
    }
  }

  package init(running: [Running]) { self.running = running }
}
