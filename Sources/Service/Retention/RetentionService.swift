import Checkpoints
import Engine
import Logging
import ServiceLifecycle

/// Sweeps from time to time as long as the server runs, by the settings as they are then.
struct RetentionService: Service {
  let context: ServiceContext

  /// Between two looks at the disk: an upload of the largest size takes longer.
  private static let diskInterval = Duration.seconds(10)
  /// Looks at the disk between two looks at the age of jobs: ten minutes are nothing against days.
  private static let looksPerExpiry = 60
  /// Looks that are left out after one that found nothing to remove: the search walks through all jobs.
  private static let rest = 60

  func run() async throws {
    try await cancelWhenGracefulShutdown {
      do { try await sweep() } catch is CancellationError {
        // The server stops; what is left is for the next one.
      }
    }
  }

  private func sweep() async throws {
    let engine = try await context.openedEngine()
    let disk = context.disk
    var look = 0
    var resting = 0
    while true {
      let sweep = RetentionSweep(engine, policy, logger: context.logger) { disk.room }
      do {
        if look % Self.looksPerExpiry == 0 {
          try await engine.finishDeletions()
          try await sweep.expire(now: context.clock.now)
        }
        if resting > 0 {
          resting -= 1
        } else if let free = disk.room?.free, free < policy.lowDisk {
          // What can be made again by itself goes first.
          let packed = await context.bundles.makeRoom()
          if try await sweep.makeRoom() == 0, packed == 0 { resting = Self.rest }
        }
      } catch let error where !(error is CancellationError) {
        // The ledger or the disk failed; both are tried again at the next look.
        context.logger.error("a sweep of old jobs failed", metadata: ["error": "\(error)"])
      }
      look += 1
      try await Task.sleep(for: Self.diskInterval)
    }
  }

  private var policy: RetentionSweep.Policy {
    let settings = context.configuration.current
    let days = settings[Settings.retentionDays]
    return RetentionSweep.Policy(
      age: days == 0 ? nil : Double(days) * 86_400, keepsPinned: settings[Settings.keepsPinned],
      lowDisk: settings[Settings.lowDisk] << 20)
  }
}
