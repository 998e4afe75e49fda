import CanonicalJSON
import Checkpoints
import Engine
import Ledger
import StageKit

/// A job as clients see it.
enum JobDescription {
  /// In lists.
  static func summary(_ job: JobRecord) -> JSONValue {
    let manifest = job.manifest
    var members: [String: JSONValue] = [
      "id": .string(manifest.id.text), "name": .string(manifest.name), "status": .string(manifest.state.rawValue),
      "created": .number(job.created), "source": .string(manifest.source.description),
      "bytes": .integer(Int64(manifest.sourceLength)), "priority": .integer(Int64(manifest.settings.priority)),
      "formats": .array(manifest.settings.formats.map { .string($0.rawValue) }), "seq": .integer(job.seq),
      "links": links(of: job),
    ]
    if let pages = job.pageCount { members["pages"] = .integer(Int64(pages)) }
    if let started = job.started { members["started"] = .number(started) }
    if let finished = job.finished { members["finished"] = .number(finished) }
    if let failure = manifest.failure { members["failure"] = failure.json }
    if !manifest.owner.isEmpty { members["owner"] = .string(manifest.owner) }
    return .object(members)
  }

  static func links(of job: JobRecord) -> JSONValue {
    let base = "/api/v1/jobs/\(job.manifest.id)"
    return [
      "self": .string(base), "result": .string(base + "/result"), "events": .string(base + "/events"),
      "checkpoints": .string(base + "/checkpoints"), "cancel": .string(base + "/cancel"),
    ]
  }

  /// Errors told with a job; the list of checkpoints has all.
  private static let mostErrors = 100

  /// With stages and errors.
  static func full(
    _ job: JobRecord, units: [UnitRecord], costs: [StageID: StageCost], live: LiveStatus, queuePosition: Int?
  ) -> JSONValue {
    var members = summary(job).object ?? [:]
    members["stages"] = .array(stages(units, costs))
    let lost = units.filter { $0.state == .gap || $0.state == .failed }
    members["errors"] = .array(lost.prefix(mostErrors).map(error))
    members["error_count"] = .integer(Int64(lost.count))
    members["running"] = .array(
      live.running.map { running in
        var members = running.unit.members
        members["progress"] = .number(running.fraction)
        return .object(members)
      })
    if let queuePosition { members["queue_position"] = .integer(Int64(queuePosition)) }
    return .object(members)
  }

  private static func error(_ unit: UnitRecord) -> JSONValue {
    var members = unit.unit.members
    members["status"] = .string(unit.state.rawValue)
    members["attempts"] = .integer(Int64(unit.attempts))
    if let gap = unit.gap { members["code"] = .string(gap.rawValue) }
    if let failure = unit.failure { members["failure"] = failure.json }
    return .object(members)
  }

  private static func stages(_ units: [UnitRecord], _ costs: [StageID: StageCost]) -> [JSONValue] {
    struct Count {
      var planned: Int64 = 0
      var done: Int64 = 0
      var running: Int64 = 0
      var missing: Int64 = 0
      var reused: Int64 = 0
    }
    var counts: [StageID: Count] = [:]
    for unit in units {
      var count = counts[unit.unit.stage] ?? Count()
      count.planned += 1
      switch unit.state {
      case .done:
        count.done += 1
        if unit.reused { count.reused += 1 }
      case .running: count.running += 1
      case .gap, .failed: count.missing += 1
      case .waiting, .ready, .cancelled: break
      }
      counts[unit.unit.stage] = count
    }
    return StageID.allCases.compactMap { stage in
      guard let count = counts[stage] else { return nil }
      let cost = costs[stage]
      return [
        "stage": .string(stage.rawValue), "planned": .integer(count.planned), "done": .integer(count.done),
        "running": .integer(count.running), "missing": .integer(count.missing), "reused": .integer(count.reused),
        "attempts": .integer(Int64(cost?.attempts ?? 0)), "cpu_seconds": .number(cost?.cpuSeconds ?? 0),
        "seconds": .number(cost?.seconds ?? 0),
      ]
    }
  }
}
