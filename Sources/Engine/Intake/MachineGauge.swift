import WorkerChannel

#if canImport(Glibc)
  import Glibc
#endif

/// Reads from /proc how busy the machine is. Used by one task.
struct MachineGauge {
  private var lastBusy: Double?
  private var lastOwn: [Int32: Double] = [:]
  private var lastTime = ContinuousClock.now

  /// Cores that processes other than this one and its workers kept busy since the last call; 0 at the first.
  mutating func foreignCores(workers: [Int32]) -> Double {
    let now = ContinuousClock.now
    let seconds = (now - lastTime) / .seconds(1)
    let busy = Self.busySeconds()
    var own: [Int32: Double] = [:]
    for process in workers + [getpid()] { own[process] = ProcessClock.cpuSeconds(process) }
    defer { (lastBusy, lastOwn, lastTime) = (busy, own, now) }
    guard let busy, let lastBusy, seconds > 0.1 else { return 0 }
    // A worker that is new or gone in between is counted as foreign for its one second.
    let used = own.reduce(0) { sum, entry in sum + max(0, entry.value - (lastOwn[entry.key] ?? entry.value)) }
    return max(0, (busy - lastBusy - used) / seconds)
  }

  /// Bytes that could be had without swapping (proc(5), meminfo).
  static func availableMemory() -> Int? {
    guard let text = read("/proc/meminfo"),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("MemAvailable:") })
    else { return nil }
    return line.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
  }

  /// Seconds that all cores together have not been idle since the start (proc(5), stat).
  private static func busySeconds() -> Double? {
    guard let line = read("/proc/stat")?.split(separator: "\n").first, line.hasPrefix("cpu ") else { return nil }
    let ticks = line.split(separator: " ").dropFirst().compactMap { Int($0) }
    guard ticks.count >= 5 else { return nil }
    // user, nice, system, idle, iowait, irq, softirq, steal; guests are in user already.
    let busy = ticks.prefix(8).reduce(0, +) - ticks[3] - ticks[4]
    return Double(busy) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  private static func read(_ path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    let count = Glibc.read(file, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
  }
}
