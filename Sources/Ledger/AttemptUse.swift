/// What an attempt used: of processors and memory, and of time, step by step.
///
/// Nil where it is not known: of an attempt that was taken back, and of those that an older version ended.
package struct AttemptUse: Codable, Sendable, Hashable {
  /// Processor seconds of the worker.
  package var cpuSeconds: Double?
  /// Resident bytes of the worker at most.
  package var peakBytes: Int?
  /// Seconds that the unit waited for a worker since nothing else was missing.
  package var queueSeconds: Double?
  /// Seconds until its worker had started; 0 where one was there.
  package var spawnSeconds: Double?
  /// Seconds from the order to the worker's answer.
  package var workSeconds: Double?
  /// Its share of the seconds in which its files, with those of units that ended together with it, were hashed, forced to
  /// the disk and named.
  package var storeSeconds: Double?

  package init(
    cpuSeconds: Double? = nil, peakBytes: Int? = nil, queueSeconds: Double? = nil, spawnSeconds: Double? = nil,
    workSeconds: Double? = nil, storeSeconds: Double? = nil
  ) {
    self.cpuSeconds = cpuSeconds
    self.peakBytes = peakBytes
    self.queueSeconds = queueSeconds
    self.spawnSeconds = spawnSeconds
    self.workSeconds = workSeconds
    self.storeSeconds = storeSeconds
  }
}
