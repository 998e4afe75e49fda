import CanonicalJSON
import Checkpoints
import Engine
import EventLoop

/// What a server is doing at this moment: what `/metrics` reads only when somebody asks.
package struct ServerFigures: Sendable {
  let process: ProcessFigures
  let started: Double
  let isReady: Bool
  let lag: Histogram.Snapshot
  let slowActivities: Int
  let poolWaiting: Int
  /// Nil before the engine is open, or where the kernel does not tell.
  let disk: DiskRoom?
  /// Nil before the engine is open.
  let load: SchedulerLoad?
  let pages: Int

  /// Asks the kernel: not for the loop's thread.
  package static func now(_ context: ServiceContext) async -> ServerFigures {
    // Before the engine is open there is no data folder to look at.
    let engine = try? context.engine
    return ServerFigures(
      process: .now(), started: context.telemetry.started, isReady: context.readiness.phase == .ready,
      lag: context.telemetry.loop.lag.snapshot(), slowActivities: context.telemetry.loop.slowActivities.value,
      poolWaiting: context.pool.waitingCount, disk: engine.flatMap { DiskRoom(of: $0.folder.path) },
      load: await engine?.load(), pages: engine?.census.totals.pages ?? 0)
  }

  func tell(_ page: inout MetricsPage) {
    page.set("sheaf_build_info", 1, ServerVersion.text)
    page.set("sheaf_ready", isReady ? 1 : 0)
    page.set("sheaf_process_cpu_seconds_total", process.cpuSeconds)
    page.set("sheaf_process_resident_bytes", process.residentBytes)
    page.set("sheaf_process_open_descriptors", process.openDescriptors)
    page.set("sheaf_blocking_pool_waiting", poolWaiting)
    page.set("sheaf_queue_pages", pages)
    if let load {
      page.set("sheaf_queue_units", load.readyUnits, "ready")
      page.set("sheaf_queue_units", load.runningUnits, "running")
      page.set("sheaf_queue_jobs", load.liveJobs, "live")
      page.set("sheaf_queue_jobs", load.waitingJobs, "waiting")
      page.set("sheaf_workers_target", load.workers)
    }
    if let disk {
      page.set("sheaf_disk_free_bytes", disk.free)
      page.set("sheaf_disk_size_bytes", disk.size)
    }
  }

  /// What this process uses, for `/api/v1/system`.
  package var processJSON: JSONValue {
    [
      "started": .number(started), "cpu_seconds": .number(process.cpuSeconds),
      "resident_bytes": .integer(Int64(process.residentBytes)),
      "open_descriptors": .integer(Int64(process.openDescriptors)), "slow_activities": .integer(Int64(slowActivities)),
    ]
  }
}

/// The version that the server tells.
package enum ServerVersion {
  package static let text = "0.1.0"
}
