import CanonicalJSON
import Checkpoints
import Engine
import Ledger
import StageKit

/// A message of `sheaf.progress.v1`, as a display takes it.
enum RemoteMessage: Sendable {
  /// What an engine would have told.
  case event(EngineEvent)
  /// Where a job stands: what was known is forgotten.
  case snapshot(JSONValue)
  case removed(JobID)
  case failed(StageFailure)
  /// Snapshots follow.
  case resync

  /// - Returns: none for what a newer server says beside.
  static func read(_ bytes: [UInt8]) throws -> [RemoteMessage] {
    let value = try CanonicalDecoder().decode(JSONValue.self, from: bytes)
    if value["seq"] != nil { return event(value).map { [.event(.transition($0))] } ?? [] }
    if let tick = value["tick"], let job = job(tick), let unit = unit(tick), let part = tick["progress"]?.double {
      return [.event(.tick(job, unit, part))]
    }
    if let jobs = value["snapshot"]?["jobs"]?.array { return jobs.map { .snapshot($0) } }
    if value["resync"] != nil { return [.resync] }
    if let plan = value["plan"], let job = job(plan) {
      var counts: [StageID: Int] = [:]
      for (name, count) in plan["stages"]?.object ?? [:] {
        if let stage = StageID(rawValue: name) { counts[stage] = count.int ?? 0 }
      }
      return [.event(.planned(job, counts))]
    }
    if let gone = value["removed"], let job = job(gone) { return [.removed(job)] }
    if let error = value["error"] {
      return [
        .failed(
          StageFailure(
            error["code"]?.string.flatMap(ErrorCode.init) ?? .invalidRequest,
            error["detail"]?.string ?? "The server refused."))
      ]
    }
    return []
  }

  private static func event(_ value: JSONValue) -> JobEvent? {
    guard let job = job(value), let kind = value["type"]?.string.flatMap(JobEvent.Kind.init),
      let seq = value["seq"]?.int,
      let state = value["state"]?.string
    else { return nil }
    return JobEvent(
      job: job, kind: kind, unit: unit(value), state: state, attempt: value["attempt"]?.int,
      failure: value["failure"].flatMap(failure), seq: Int64(seq), at: value["at"]?.double ?? 0)
  }

  private static func job(_ value: JSONValue) -> JobID? { value["job"]?.string.flatMap { JobID($0) } }

  static func unit(_ value: JSONValue) -> UnitID? {
    guard let stage = value["stage"]?.string.flatMap(StageID.init) else { return nil }
    if let page = value["page"]?.int { return UnitID(stage, .page(page)) }
    if let format = value["format"]?.string { return UnitID(stage, .format(format)) }
    return UnitID(stage)
  }

  /// A unit that was given up, as a job's description lists it.
  static func lost(_ value: JSONValue) -> UnitRecord? {
    unit(value).map { unit in
      UnitRecord(
        unit: unit, state: value["status"]?.string.flatMap(UnitState.init) ?? .gap,
        gap: value["code"]?.string.flatMap(GapCode.init), failure: value["failure"].flatMap(failure))
    }
  }

  static func failure(_ value: JSONValue) -> StageFailure? {
    guard let code = value["code"]?.string.flatMap(ErrorCode.init), let message = value["message"]?.string else {
      return nil
    }
    return StageFailure(
      code, message, page: value["page"]?.int, hint: value["hint"]?.string,
      retryable: value["retryable"]?.bool ?? false)
  }
}
