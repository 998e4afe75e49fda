import CanonicalJSON
import Checkpoints
import Ledger
import StageKit

extension ProgressMessage {
  /// `{"seq":7,"job":…,"type":"unit_finished","stage":"ocr","page":3,"state":"done","at":…}`.
  static func transition(_ event: JobEvent) -> ProgressMessage {
    ProgressMessage(.transition, event.progressJSON, seq: event.seq)
  }

  static func tick(_ job: JobID, _ unit: UnitID, _ fraction: Double) -> ProgressMessage {
    var members = unit.progressPlace
    members["job"] = .string(job.text)
    members["progress"] = .number(fraction)
    return ProgressMessage(.tick, ["tick": .object(members)])
  }

  /// All that is known of one job: what was known before is forgotten.
  static func snapshot(_ board: JobBoard, at now: Double) -> ProgressMessage {
    ProgressMessage(
      .snapshot,
      ["resync": ["job": .string(board.job.text)], "snapshot": ["jobs": [board.json(at: now)], "more": false]],
      seq: board.seq)
  }

  /// A page of the unfinished jobs, in short.
  static func page(_ boards: [JobBoard], more: Bool, at now: Double) -> ProgressMessage {
    ProgressMessage(
      .snapshot,
      [
        "resync": ["job": "*"],
        "snapshot": ["jobs": .array(boards.map { .object($0.summary(at: now)) }), "more": .bool(more)],
      ])
  }

  /// What waited was dropped: all that the client knows is to be forgotten, and snapshots of what it is subscribed to
  /// follow.
  static let overflow = ProgressMessage(.resync, ["resync": ["reason": "overflow"]])

  /// How many units of each stage the plan has; told when that changes, and behind what a client had missed.
  static func plan(_ board: JobBoard) -> ProgressMessage {
    var members: [String: JSONValue] = [
      "job": .string(board.job.text), "seq": .integer(board.seq), "stages": .object(board.plannedCounts),
    ]
    if let pages = board.pages { members["pages"] = .integer(Int64(pages)) }
    return ProgressMessage(.plan, ["plan": .object(members)])
  }

  static func removed(_ job: JobID) -> ProgressMessage {
    ProgressMessage(.removed, ["removed": ["job": .string(job.text)]])
  }

  static func error(_ failure: ProgressCommand.Failure) -> ProgressMessage {
    var members: [String: JSONValue] = ["code": .string(failure.code), "detail": .string(failure.detail)]
    if let job = failure.job { members["job"] = .string(job) }
    return ProgressMessage(.error, ["error": .object(members)])
  }
}

extension JobEvent {
  /// A numbered transition as clients see it, whichever way they ask.
  var progressJSON: JSONValue {
    var members: [String: JSONValue] = [
      "seq": .integer(seq), "job": .string(job.text), "type": .string(kind.rawValue), "state": .string(state),
      "at": .number(at),
    ]
    if let unit { members.merge(unit.progressPlace) { $1 } }
    if let attempt { members["attempt"] = .integer(Int64(attempt)) }
    if let failure { members["failure"] = failure.progressJSON }
    if let worker { members["worker"] = .integer(Int64(worker)) }
    return .object(members)
  }
}

extension UnitID {
  /// `stage`, and `page` or `format`.
  var progressPlace: [String: JSONValue] {
    var members: [String: JSONValue] = ["stage": .string(stage.rawValue)]
    switch subject {
    case .document: break
    case .page(let page): members["page"] = .integer(Int64(page))
    case .format(let format): members["format"] = .string(format)
    }
    return members
  }
}

extension StageFailure {
  var progressJSON: JSONValue {
    var members: [String: JSONValue] = [
      "code": .string(code.rawValue), "message": .string(message), "retryable": .bool(retryable),
    ]
    if let page { members["page"] = .integer(Int64(page)) }
    if let hint { members["hint"] = .string(hint) }
    return .object(members)
  }
}
