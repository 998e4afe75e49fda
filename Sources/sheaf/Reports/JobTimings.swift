import CanonicalJSON
import Engine
import Ledger
import StageKit

/// Where a job's time went, from what the ledger knows of its attempts.
struct JobTimings: Sendable {
  struct Stage: Sendable, Hashable {
    let stage: StageID
    var attempts = 0
    /// Processor time of the workers.
    var processorSeconds = 0.0
    /// From each order to its commit, all together: processor, disk, and waiting for either.
    var seconds = 0.0
    /// Of one unit.
    var longest = 0.0
    /// In which units waited for a worker.
    var queueSeconds = 0.0
    /// In which workers had units.
    var workSeconds = 0.0
    /// In which files were hashed, forced to the disk and named.
    var storeSeconds = 0.0
    /// Resident bytes of a worker at most, after a unit.
    var peakBytes = 0
  }

  let stages: [Stage]
  /// From the job's first order to its last commit; nil where nothing has ended yet.
  let elapsed: Double?
  /// Workers that took part.
  let workers: Int
  /// In which units waited for their worker to start.
  let spawnSeconds: Double

  init(_ attempts: [AttemptRecord]) {
    var stages: [StageID: Stage] = [:]
    for attempt in attempts {
      guard let finished = attempt.finished else { continue }
      var stage = stages[attempt.unit.stage] ?? Stage(stage: attempt.unit.stage)
      stage.attempts += 1
      stage.processorSeconds += attempt.use.cpuSeconds ?? 0
      stage.queueSeconds += attempt.use.queueSeconds ?? 0
      stage.workSeconds += attempt.use.workSeconds ?? 0
      stage.storeSeconds += attempt.use.storeSeconds ?? 0
      stage.seconds += max(0, finished - attempt.started)
      stage.longest = max(stage.longest, finished - attempt.started)
      stage.peakBytes = max(stage.peakBytes, attempt.use.peakBytes ?? 0)
      stages[attempt.unit.stage] = stage
    }
    self.stages = stages.values.sorted { $0.stage < $1.stage }
    spawnSeconds = attempts.reduce(0) { $0 + ($1.use.spawnSeconds ?? 0) }
    workers = Set(attempts.compactMap(\.worker)).count
    let ends = attempts.compactMap(\.finished)
    elapsed = ends.max().flatMap { last in attempts.map(\.started).min().map { last - $0 } }
  }

  var processorSeconds: Double { stages.reduce(0) { $0 + $1.processorSeconds } }

  var storeSeconds: Double { stages.reduce(0) { $0 + $1.storeSeconds } }

  var queueSeconds: Double { stages.reduce(0) { $0 + $1.queueSeconds } }

  // MARK: For people

  var lines: [String] {
    guard let elapsed else { return ["No unit has run yet."] }
    var table = TextTable(
      ["STAGE", "RUNS", "PROCESSOR", "A RUN", "QUEUED", "WORKED", "STORED", "TO COMMIT", "LONGEST", "PEAK"],
      rightAligned: Set(1...9))
    for stage in stages {
      let count = Double(max(1, stage.attempts))
      table.add([
        stage.stage.rawValue, String(stage.attempts), Self.fine(stage.processorSeconds),
        Self.fine(stage.processorSeconds / count), Self.fine(stage.queueSeconds / count),
        Self.fine(stage.workSeconds / count), Self.fine(stage.storeSeconds / count),
        Self.fine(stage.seconds / count), Self.fine(stage.longest), Measure.bytes(stage.peakBytes),
      ])
    }
    let share = elapsed > 0 && workers > 0 ? processorSeconds / elapsed / Double(workers) : 0
    return table.lines + [
      "",
      "\(Self.fine(processorSeconds)) of processor time in \(Self.fine(elapsed)), by \(Measure.count(workers, "worker"))"
        + " that computed \(Int((share * 100).rounded())) % of it",
      "\(Self.fine(spawnSeconds)) until workers had started, \(Self.fine(storeSeconds)) to hash files and force them "
        + "to the disk; units waited \(Self.fine(queueSeconds)) for a worker, one beside the other",
    ]
  }

  /// `3.2 ms` below a second.
  private static func fine(_ seconds: Double) -> String {
    seconds < 1 ? "\(Measure.oneDecimal(max(0, seconds) * 1000)) ms" : Measure.duration(seconds)
  }

  // MARK: For programs

  var json: JSONValue {
    [
      "elapsed_seconds": elapsed.map { .number($0) } ?? .null, "workers": .integer(Int64(workers)),
      "cpu_seconds": .number(processorSeconds), "spawn_seconds": .number(spawnSeconds),
      "store_seconds": .number(storeSeconds), "queue_seconds": .number(queueSeconds),
      "stages": .array(
        stages.map { stage in
          [
            "stage": .string(stage.stage.rawValue), "attempts": .integer(Int64(stage.attempts)),
            "cpu_seconds": .number(stage.processorSeconds), "seconds": .number(stage.seconds),
            "queue_seconds": .number(stage.queueSeconds), "work_seconds": .number(stage.workSeconds),
            "store_seconds": .number(stage.storeSeconds), "longest_seconds": .number(stage.longest),
            "peak_bytes": .integer(Int64(stage.peakBytes)),
          ]
        }),
    ]
  }
}
