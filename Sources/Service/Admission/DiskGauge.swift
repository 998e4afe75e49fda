import Checkpoints
import Logging
import ServiceLifecycle
import Synchronization

/// How much room the disk of the data folder has, measured once a second so that nobody waits to know it.
package final class DiskGauge: Service {
  private static let interval = Duration.seconds(1)

  /// How much room the file system of a path has; nil where the kernel does not tell.
  package typealias Measure = @Sendable (_ path: String) -> DiskRoom?

  private let folder: String
  private let look: Measure
  private let free = Atomic<Int>(-1)

  init(_ folder: DataFolder, _ look: @escaping Measure) {
    self.folder = folder.path
    self.look = look
  }

  /// Asks the kernel, so not for the loop's thread.
  var room: DiskRoom? { look(folder) }

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
    guard let room else { return }
    free.store(room.free, ordering: .relaxed)
  }
}
