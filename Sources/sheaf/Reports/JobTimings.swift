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
    /// Resident bytes of a worker at most, after a unit.
    var peakBytes = 0
  }

  let stages: [Stage]
  /// From the job's first order to its last commit; nil where nothing has ended yet.
  let elapsed: Double?
  /// Workers that took part.
  let workers: Int

  init(_ attempts: [AttemptRecord]) {
    var stages: [StageID: Stage] = [:]
    for attempt in attempts {
      guard let finished = attempt.finished else { continue }
      var stage = stages[attempt.unit.stage] ?? Stage(stage: attempt.unit.stage)
      stage.attempts += 1
      stage.processorSeconds += attempt.cpuSeconds ?? 0
      stage.seconds += max(0, finished - attempt.started)
      stage.longest = max(stage.longest, finished - attempt.started)
      stage.peakBytes = max(stage.peakBytes, attempt.peakBytes ?? 0)
      stages[attempt.unit.stage] = stage
    }
    self.stages = stages.values.sorted { $0.stage < $1.stage }
    workers = Set(attempts.compactMap(\.worker)).count
    let ends = attempts.compactMap(\.finished)
    elapsed = ends.max().flatMap { last in attempts.map(\.started).min().map { last - $0 } }
  }

  var processorSeconds: Double { stages.reduce(0) { $0 + $1.processorSeconds } }

  // MARK: For people

  var lines: [String] {
    guard let elapsed else { return ["No unit has run yet."] }
    var table = TextTable(
      ["STAGE", "RUNS", "PROCESSOR", "A RUN", "TO COMMIT", "LONGEST", "PEAK"], rightAligned: [1, 2, 3, 4, 5, 6])
    for stage in stages {
      let count = Double(max(1, stage.attempts))
      table.add([
        stage.stage.rawValue, String(stage.attempts), Self.fine(stage.processorSeconds),
        Self.fine(stage.processorSeconds / count), Self.fine(stage.seconds / count), Self.fine(stage.longest),
        Measure.bytes(stage.peakBytes),
      ])
    }
    let share = elapsed > 0 && workers > 0 ? processorSeconds / elapsed / Double(workers) : 0
    return table.lines + [
      "",
      "\(Self.fine(processorSeconds)) of processor time in \(Self.fine(elapsed)), by \(Measure.count(workers, "worker"))"
        + " that computed \(Int((share * 100).rounded())) % of it",
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
      "cpu_seconds": .number(processorSeconds),
      "stages": .array(
        stages.map { stage in
          [
            "stage": .string(stage.stage.rawValue), "attempts": .integer(Int64(stage.attempts)),
            "cpu_seconds": .number(stage.processorSeconds), "seconds": .number(stage.seconds),
            "longest_seconds": .number(stage.longest), "peak_bytes": .integer(Int64(stage.peakBytes)),
          ]
        }),
    ]
  }
}
