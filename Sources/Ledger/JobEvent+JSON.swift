import CanonicalJSON
import Checkpoints
import StageKit

extension JobEvent {
  /// A numbered transition as programs read it, whichever way they ask:
  /// `{"seq":7,"job":…,"type":"unit_finished","stage":"ocr","page":3,"state":"done","at":…}`.
  package var json: JSONValue {
    var members: [String: JSONValue] = [
      "seq": .integer(seq), "job": .string(job.text), "type": .string(kind.rawValue), "state": .string(state),
      "at": .number(at),
    ]
    if let unit { members.merge(unit.members) { $1 } }
    if let attempt { members["attempt"] = .integer(Int64(attempt)) }
    if let failure { members["failure"] = failure.json }
    if let worker { members["worker"] = .integer(Int64(worker)) }
    return .object(members)
  }
}
