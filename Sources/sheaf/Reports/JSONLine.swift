import CanonicalJSON
import Checkpoints
import Engine
import Ledger
import StageKit

/// What `--json` prints: one object per line, named as in the server's interface.
enum JSONLine {
  /// How far a running unit has come, without a number.
  static func tick(_ job: JobID, _ unit: UnitID, _ fraction: Double) -> JSONValue {
    var members: [String: JSONValue] = ["job": .string(job.text), "progress": .number(fraction)]
    members.merge(unit.members) { $1 }
    return ["tick": .object(members)]
  }

  static func planned(_ job: JobID, _ units: [StageID: Int]) -> JSONValue {
    let stages = Dictionary(uniqueKeysWithValues: units.map { ($0.key.rawValue, JSONValue.integer(Int64($0.value))) })
    return ["type": "planned", "job": .string(job.text), "stages": .object(stages)]
  }

  /// A document became a job, or a job is taken up again.
  static func admitted(_ record: JobRecord, input: String?) -> JSONValue {
    var members: [String: JSONValue] = [
      "type": "admitted", "job": .string(record.manifest.id.text), "name": .string(record.manifest.name),
    ]
    if let input { members["input"] = .string(input) }
    return .object(members)
  }

  static func result(_ job: JobID, _ format: String, path: String) -> JSONValue {
    ["type": "result", "job": .string(job.text), "format": .string(format), "path": .string(path)]
  }

  /// - Parameter job: the job that it is about; nil for an input that became none.
  static func error(_ report: FailureReport, job: JobID?) -> JSONValue {
    var members: [String: JSONValue] = ["type": "error", "failure": report.failure.json]
    if let job { members["job"] = .string(job.text) }
    if let subject = report.subject { members["subject"] = .string(subject) }
    return .object(members)
  }

  /// The last line of all.
  static func end(_ status: CommandOutcome) -> JSONValue { ["type": "end", "exit": .integer(Int64(status.rawValue))] }

  /// With the newline at its end.
  static func text(_ value: JSONValue) -> String {
    // Values made here hold no NaN and are not deep, so they can always be written.
    String(decoding: (try? value.canonicalBytes) ?? Array("null".utf8), as: UTF8.self) + "\n"
  }
}
