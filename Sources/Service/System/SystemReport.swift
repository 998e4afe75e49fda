import CanonicalJSON
import Engine
import EventLoop
import StageKit
import WorkerChannel

/// What `/api/v1/system` tells beside the queue: processes, memory, sockets, the loop's lag, the disk.
enum SystemReport {
  static func lag(_ lag: Histogram.Snapshot) -> [String: JSONValue] {
    func seconds(_ duration: Duration) -> JSONValue { .number(duration / .seconds(1)) }
    return [
      "lag_mean_seconds": seconds(lag.mean), "lag_p99_seconds": seconds(lag.quantile(0.99)),
      "lag_max_seconds": seconds(lag.maximum),
    ]
  }

  /// The worker processes, with what each is at. Of whose job it is nothing is told.
  static func processes(_ roster: [WorkerRoster.Entry]) -> JSONValue {
    .array(
      roster.map { entry in
        var members: [String: JSONValue] = [
          "worker": .integer(Int64(entry.number)), "pid": .integer(Int64(entry.process)),
          "state": entry.unit == nil ? "idle" : "busy", "units": .integer(Int64(entry.units)),
        ]
        if let unit = entry.unit { members["stage"] = .string(unit.stage.rawValue) }
        if let bytes = ResidentMemory.of(entry.process) { members["resident_bytes"] = .integer(Int64(bytes)) }
        return .object(members)
      })
  }

  /// The same for the last seconds, finer: whole microseconds.
  static func recent(_ lag: Histogram.Snapshot) -> JSONValue {
    func microseconds(_ duration: Duration) -> JSONValue { .integer(Int64(duration / .microseconds(1))) }
    return [
      "mean_microseconds": microseconds(lag.mean), "p99_microseconds": microseconds(lag.quantile(0.99)),
      "max_microseconds": microseconds(lag.maximum),
    ]
  }

  static let recentSchema = JSONShape.object([
    "mean_microseconds": JSONShape.integer, "p99_microseconds": JSONShape.integer,
    "max_microseconds": JSONShape.integer,
  ])

  static let processesSchema = JSONShape.array(
    of: JSONShape.object(
      [
        "worker": JSONShape.integer, "pid": JSONShape.integer, "state": JSONShape.choice(["idle", "busy"]),
        "units": JSONShape.integer,
      ], optional: ["stage": JSONShape.string, "resident_bytes": JSONShape.integer]))

  static let processSchema = JSONShape.object([
    "started": JSONShape.time, "cpu_seconds": JSONShape.number, "resident_bytes": JSONShape.integer,
    "open_descriptors": JSONShape.integer, "slow_activities": JSONShape.integer,
  ])
}
