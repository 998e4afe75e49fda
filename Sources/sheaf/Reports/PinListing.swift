import CanonicalJSON
import Checkpoints
import Ledger
import StageKit

/// Pins, for people and for programs.
enum PinListing {
  static func table(_ pins: [PinEntry]) -> TextTable {
    var table = TextTable(["JOB", "UNIT", "STATE", "BASED ON", "STAGE MAKES", "WHO", "WHEN", "WHY"])
    for pin in pins {
      table.add([
        pin.job.text, pin.unit.description, pin.newer == nil ? "pinned" : "conflict", short(pin.basedOn),
        pin.newer == nil ? "the same" : short(pin.newer), pin.who, Moment.local(pin.at), pin.why,
      ])
    }
    return table
  }

  private static func short(_ digest: Digest?) -> String { digest.map { String($0.hex.prefix(12)) } ?? "nothing" }

  /// What to do about conflicts.
  static func advice(_ pins: [PinEntry], repeated: String) -> [String] {
    pins.filter { $0.newer != nil }.map { pin in
      "\(pin.unit) is out of date; see both versions with: sheaf resolve \(pin.job) \(words(pin.unit))\(repeated)"
    }
  }

  /// A unit as arguments.
  static func words(_ unit: UnitID) -> String { unit.stage.rawValue + (unit.page.map { " \($0)" } ?? "") }

  static func json(_ pin: PinEntry) -> JSONValue {
    var members: [String: JSONValue] = [
      "job": .string(pin.job.text), "content": .string(pin.content.description), "who": .string(pin.who),
      "at": .number(pin.at), "why": .string(pin.why), "conflict": .bool(pin.newer != nil),
      "based_on": pin.basedOn.map { .string($0.description) } ?? .null,
    ]
    members.merge(pin.unit.members) { $1 }
    if let newer = pin.newer { members["newer"] = .string(newer.description) }
    return .object(members)
  }
}
