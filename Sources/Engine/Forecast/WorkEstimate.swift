/// How long work would take, from what earlier runs took.
package struct WorkEstimate: Codable, Sendable, Hashable {
  /// Units that run.
  package let units: Int
  /// Of those, the ones whose stage has never been measured here: their time is missing below.
  package let unknown: Int
  /// Seconds that workers are busy, all together.
  package let busySeconds: Double
  /// Seconds from start to end with so many workers.
  package let elapsedSeconds: Double
  package let workers: Int

  package init(units: Int, unknown: Int, busySeconds: Double, elapsedSeconds: Double, workers: Int) {
    self.units = units
    self.unknown = unknown
    self.busySeconds = busySeconds
    self.elapsedSeconds = elapsedSeconds
    self.workers = workers
  }
}
