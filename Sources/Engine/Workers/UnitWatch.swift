import WorkerChannel

/// Looks at a running worker several times a second and ends it where it uses more than its unit may.
struct UnitWatch: Sendable {
  let process: Int32
  let limits: UnitLimits
  let control: UnitControl
  let written: OutputTally

  /// Short against every limit, long against the cost of looking (two small files under /proc, and the files it writes).
  private static let interval = Duration.milliseconds(100)

  /// Until cancelled or the limit is reached.
  func run() async {
    let started = ContinuousClock.now
    // Most units end before the first look, so what the process had used before is asked then: off by one interval.
    var used: Double?
    while !Task.isCancelled {
      do { try await Task.sleep(for: Self.interval) } catch { return }
      await control.lasts()
      let before = used ?? ProcessClock.cpuSeconds(process) ?? 0
      used = before
      if let death = verdict(since: started, used: before) {
        control.stop(.limit(death))
        return
      }
    }
  }

  private func verdict(since started: ContinuousClock.Instant, used: Double) -> UnitDeath? {
    if let now = ProcessClock.cpuSeconds(process), now - used > limits.cpuSeconds { return .cpuLimit }
    if ContinuousClock.now - started - control.waited > .seconds(limits.wallSeconds) { return .wallLimit }
    if written.measure() > limits.outputBytes { return .outputLimit }
    if let resident = ResidentMemory.of(process), resident > limits.residentBytes { return .memoryLimit }
    return nil
  }
}
