import CanonicalJSON
import Checkpoints
import Engine
import Ledger
import StageKit

/// A pin that is out of date, with the three versions that matter.
struct PinConflict: Sendable {
  let pin: PinEntry
  /// What the stage makes now.
  let made: CheckpointRecord
  let base: CheckpointPayload?
  let mine: CheckpointPayload
  let newer: CheckpointPayload
  /// Both versions' changes put together.
  let merge: JSONMerge

  /// - Returns: nil where the unit is not pinned, or the pin not out of date.
  init?(_ unit: FoundUnit, in store: ObjectFolder) throws {
    guard let pin = unit.standing.pin, pin.newer != nil, let made = unit.standing.made else { return nil }
    self.pin = pin
    self.made = made
    base = try pin.base.map { try CheckpointPayload(of: pin.unit, object: $0, in: store) }
    mine = try CheckpointPayload(of: pin.record, in: store)
    newer = try CheckpointPayload(of: made, in: store)
    // Without a base every difference is a change of both.
    merge = JSONMerge(base: base?.value ?? .null, mine: mine.value, theirs: newer.value)
  }

  func lines(_ unit: FoundUnit, repeated: String) -> [String] {
    let why = pin.why.isEmpty ? "" : ": \(pin.why)"
    var lines = ["\(pin.unit), edited by \(pin.who) on \(Moment.local(pin.at))\(why)"]
    if let base {
      lines += ["", "The edit, on \(Self.short(pin.basedOn)):"] + ChangeListing.lines(base.value, mine.value)
      lines += ["", "The stage since then, now \(Self.short(made.content)):"]
      lines += ChangeListing.lines(base.value, newer.value)
    } else {
      lines += ["", "The stage had made nothing then. From the edit to what it makes now:"]
      lines += ChangeListing.lines(mine.value, newer.value)
    }
    lines.append("")
    if merge.merged == nil {
      lines += ["A merge is refused, since both touch:"] + merge.collisions.prefix(10).map { "  \($0)" }
    }
    lines.append("Settle it with: sheaf resolve \(unit.words)\(repeated) and one of")
    lines.append("  --keep      the edit stands as it is")
    lines.append("  --take-new  what the stage makes now; the edit goes into the history")
    if merge.merged != nil { lines.append("  --merge     the edit, on what the stage makes now") }
    return lines
  }

  private static func short(_ digest: Digest?) -> String { digest.map { String($0.hex.prefix(12)) } ?? "nothing" }
}
