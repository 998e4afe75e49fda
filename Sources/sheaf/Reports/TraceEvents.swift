import CanonicalJSON
import Checkpoints
import Ledger
import StageKit

/// A job's attempts as Chrome's trace events, for `chrome://tracing`, Perfetto and Speedscope.
///
/// - Source: "Trace Event Format", Google, 2016.
enum TraceEvents {
  /// Microseconds are told from the job's first order. A unit is an asynchronous slice from its order to its commit: a
  /// worker begins the next one while the result of the last is on its way to the disk, so slices of one worker overlap.
  static func json(_ record: JobRecord, _ attempts: [AttemptRecord]) -> JSONValue {
    let origin = attempts.map(\.started).min() ?? 0
    let name = record.manifest.name
    var events: [JSONValue] = [Self.name("process_name", "\(name) (\(record.manifest.id))", worker: 0)]
    for worker in Set(attempts.map { $0.worker ?? 0 }).sorted() {
      events.append(Self.name("thread_name", "worker \(worker)", worker: worker))
    }
    for attempt in attempts.sorted(by: { ($0.started, $0.fence) < ($1.started, $1.fence) }) {
      events.append(Self.event("b", attempt, at: attempt.started - origin, arguments(of: attempt)))
      guard let finished = attempt.finished else { continue }
      events.append(Self.event("e", attempt, at: finished - origin, nil))
    }
    return ["displayTimeUnit": "ms", "traceEvents": .array(events)]
  }

  private static func name(_ kind: String, _ name: String, worker: Int) -> JSONValue {
    ["ph": "M", "name": .string(kind), "pid": 1, "tid": .integer(Int64(worker)), "args": ["name": .string(name)]]
  }

  private static func event(
    _ phase: String, _ attempt: AttemptRecord, at seconds: Double, _ arguments: JSONValue?
  ) -> JSONValue {
    var members: [String: JSONValue] = [
      "ph": .string(phase), "name": .string(attempt.unit.description), "cat": .string(attempt.unit.stage.rawValue),
      "id": .integer(attempt.fence), "pid": 1, "tid": .integer(Int64(attempt.worker ?? 0)),
      "ts": .integer(Int64((max(0, seconds) * 1_000_000).rounded())),
    ]
    if let arguments { members["args"] = arguments }
    return .object(members)
  }

  private static func arguments(of attempt: AttemptRecord) -> JSONValue {
    var members: [String: JSONValue] = [
      "attempt": .integer(Int64(attempt.attempt)), "key": .string(attempt.key.description),
    ]
    let use = attempt.use
    for (name, seconds) in [
      ("cpu_ms", use.cpuSeconds), ("queue_ms", use.queueSeconds), ("spawn_ms", use.spawnSeconds),
      ("work_ms", use.workSeconds), ("store_ms", use.storeSeconds),
    ] {
      if let seconds { members[name] = .number(seconds * 1000) }
    }
    if let bytes = use.peakBytes { members["resident_bytes"] = .integer(Int64(bytes)) }
    if let outcome = attempt.outcome { members["outcome"] = .string(outcome.name) }
    return .object(members)
  }
}
