import Checkpoints
import Logging
import ServiceLifecycle
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// How much room the disk of the data folder has, measured once a second so that nobody waits to know it.
package final class DiskGauge: Service {
  private static let interval = Duration.seconds(1)

  private let folder: String
  private let free = Atomic<Int>(-1)

  init(_ folder: DataFolder) { self.folder = folder.path }

  /// Nil before it was first measured.
  package var freeBytes: Int? {
    let value = free.load(ordering: .relaxed)
    return value < 0 ? nil : value
  }

  package func run() async throws {
    await cancelWhenGracefulShutdown { [self] in
      while !Task.isCancelled {
        measure()
        // Cancelled at the end, which the loop sees.
        try? await Task.sleep(for: Self.interval)
      }
    }
  }

  func measure() {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return }
    let bytes = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue
    free.store(Int(clamping: bytes), ordering: .relaxed)
  }
}
