import CanonicalJSON
import Checkpoints
import Engine
import EventLoop

/// What a server is doing at this moment: for `/api/v1/system`, and for what `/metrics` reads only when asked.
package struct ServerFigures: Sendable {
  let process: ProcessFigures
  let started: Double
  let isReady: Bool
  let lag: Histogram.Snapshot
  let slowActivities: Int
  let poolWaiting: Int
  /// Nil before the engine is open, or where the kernel does not tell.
  let disk: DiskRoom?

  /// Asks the kernel: not for the loop's thread.
  package static func now(_ context: ServiceContext) async -> ServerFigures {
    // Before the engine is open there is no data folder to look at.
    let folder = try? context.engine.folder
    return ServerFigures(
      process: .now(), started: context.telemetry.started, isReady: context.readiness.phase == .ready,
      lag: context.telemetry.loop.lag.snapshot(), slowActivities: context.telemetry.loop.slowActivities.value,
      poolWaiting: context.pool.waitingCount, disk: folder.flatMap { DiskRoom(of: $0.path) })
  }

  func tell(_ page: inout MetricsPage) {
    page.set("sheaf_build_info", 1, ServerVersion.text)
    page.set("sheaf_ready", isReady ? 1 : 0)
    page.set("sheaf_process_cpu_seconds_total", process.cpuSeconds)
    page.set("sheaf_process_resident_bytes", process.residentBytes)
    page.set("sheaf_process_open_descriptors", process.openDescriptors)
    page.set("sheaf_blocking_pool_waiting", poolWaiting)
    if let disk {
      page.set("sheaf_disk_free_bytes", disk.free)
      page.set("sheaf_disk_size_bytes", disk.size)
    }
  }

  /// Members of `/api/v1/system`.
  package var json: [String: JSONValue] {
    var members: [String: JSONValue] = [
      "version": .string(ServerVersion.text), "started": .number(started),
      "process": [
        "cpu_seconds": .number(Self.rounded(process.cpuSeconds)),
        "resident_bytes": .integer(Int64(process.residentBytes)),
        "open_descriptors": .integer(Int64(process.openDescriptors)),
      ],
      "event_loop": [
        "lag_mean_seconds": .number(Self.rounded(lag.mean / .seconds(1))),
        "lag_p99_seconds": .number(Self.rounded(lag.quantile(0.99) / .seconds(1))),
        "lag_max_seconds": .number(Self.rounded(lag.maximum / .seconds(1))),
        "slow_activities": .integer(Int64(slowActivities)),
      ],
    ]
    if let disk {
      members["disk"] = ["free_bytes": .integer(Int64(disk.free)), "size_bytes": .integer(Int64(disk.size))]
    }
    return members
  }

  /// To the microsecond.
  private static func rounded(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }
}

/// The version that the server tells.
package enum ServerVersion {
  package static let text = "0.1.0"
}
