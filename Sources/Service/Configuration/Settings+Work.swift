import Checkpoints
import Engine
import Foundation

extension Settings {
  /// Processor cores that this process may use.
  static let cores = max(1, ProcessInfo.processInfo.activeProcessorCount)

  package static let mostWorkers = IntegerSetting(
    "workers.max", default: min(256, cores), in: 1...256, unit: "processes", reloadable: true, origin: "one per core",
    "Worker processes at most.")

  package static let leastWorkers = IntegerSetting(
    "workers.min", default: 1, in: 1...256, unit: "processes", reloadable: true,
    "Worker processes at least, as long as there is work, however busy the machine.")

  package static let workerIdle = IntegerSetting(
    "workers.idle", default: 60, in: 1...86_400, unit: "seconds",
    "For how long a worker process without work is kept.")

  package static let queueJobs = IntegerSetting(
    "queue.jobs", default: 10_000, in: 1...10_000_000, unit: "jobs", reloadable: true,
    "Unfinished jobs at most; beyond it uploads are refused with queue_full.")

  package static let queuePages = IntegerSetting(
    "queue.pages", default: 250_000, in: 1...100_000_000, unit: "pages", reloadable: true,
    "Pages of unfinished jobs at most; a job whose pages are not known yet counts as many as its bytes let expect.")

  package static let liveJobs = IntegerSetting(
    "queue.live", default: max(8, 8 * cores), in: 1...10_000, unit: "jobs", reloadable: true,
    origin: "eight per core, at least eight", "Jobs worked on at once; the others wait in the ledger, not in memory.")

  package static let requireSandbox = FlagSetting(
    "workers.require_sandbox", default: false,
    "Whether the server refuses to start where the kernel cannot confine workers; otherwise it only warns.")

  package static let isolation = TextSetting(
    "workers.isolate", default: WorkerIsolation.owner.rawValue, bound: "owner or document",
    "What a worker process serves before it makes room for a fresh one: the documents of one owner, or one document."
  ) { WorkerIsolation(rawValue: $0) != nil }

  package static let compression = TextSetting(
    "checkpoints.compression", default: CheckpointCompression.none.rawValue, bound: "none or zstd",
    "How checkpoints of 16 KiB and more are stored that are written from now on."
  ) { CheckpointCompression(rawValue: $0) != nil }

  static let work: [any Setting] = [
    mostWorkers, leastWorkers, workerIdle, requireSandbox, isolation, queueJobs, queuePages, liveJobs, compression,
  ]
}
