import WorkerChannel

#if canImport(Glibc)
  import Glibc
#endif

/// What this process uses, as the kernel tells it. Reads /proc, so not for the loop's thread.
struct ProcessFigures: Sendable {
  /// Without its workers.
  let cpuSeconds: Double
  let residentBytes: Int
  let openDescriptors: Int

  static func now() -> ProcessFigures {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return ProcessFigures(
      cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), residentBytes: ResidentMemory.of(getpid()) ?? 0,
      openDescriptors: descriptorCount())
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

  private static func descriptorCount() -> Int {
    guard let folder = opendir("/proc/self/fd") else { return 0 }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    // Without ".", ".." and the folder's own.
    return max(0, count - 3)
  }
}
