import CanonicalJSON
import Checkpoints
import Ledger
import StageKit

extension ProgressMessage {
  /// `{"seq":7,"job":…,"type":"unit_finished","stage":"ocr","page":3,"state":"done","at":…}`.
  static func transition(_ event: JobEvent) -> ProgressMessage {
    ProgressMessage(.transition, event.json, seq: event.seq)
  }

  static func tick(_ job: JobID, _ unit: UnitID, _ fraction: Double) -> ProgressMessage {
    var members = unit.members
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
