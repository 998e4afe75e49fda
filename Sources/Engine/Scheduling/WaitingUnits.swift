import StageKit

/// The waiting units of one job: what the whole document waits for first, then page after page; and each worker goes on
/// with the pages it has begun, whose checkpoints it still holds in memory.
struct WaitingUnits {
  /// Units of pages that no worker has begun.
  private var fresh = RankedUnits()
  /// Units of pages that a worker has begun, by its slot.
  private var begun: [Int: RankedUnits] = [:]
  /// Which slot ran a page's last unit; under 0 the document's.
  private var homes: [Int: Int] = [:]
  private var arrivals = 0

  var count: Int { begun.values.reduce(fresh.count) { $0 + $1.count } }

  mutating func insert(_ unit: QueuedUnit) {
    arrivals += 1
    let entry = RankedUnits.Entry(rank: Self.rank(unit.unit), arrival: arrivals, unit: unit)
    if let home = homes[Self.subject(unit.unit)] {
      begun[home, default: RankedUnits()].insert(entry)
    } else {
      fresh.insert(entry)
    }
  }

  /// Whether there is something for a slot.
  func has(for slot: Int, sparing others: Set<Int>) -> Bool { best(for: slot, sparing: others) != nil }

  /// Takes the next unit for a slot.
  ///
  /// - Parameter others: slots that wait for work themselves, and are left the pages they have begun.
  mutating func take(for slot: Int, sparing others: Set<Int>) -> QueuedUnit? {
    guard let home = best(for: slot, sparing: others) else { return nil }
    let entry =
      switch home {
      case .fresh: fresh.popFirst()
      case .begun(let slot): begun[slot]?.popFirst()
      }
    guard let unit = entry?.unit else { return nil }
    homes[Self.subject(unit.unit)] = slot
    return unit
  }

  private enum Place {
    case fresh
    case begun(Int)
  }

  private func best(for slot: Int, sparing others: Set<Int>) -> Place? {
    var best: (place: Place, rank: (Int, Int, Int))?
    func consider(_ place: Place, _ entry: RankedUnits.Entry?, distance: Int) {
      guard let entry else { return }
      let rank = (entry.unit.unit.page == nil ? 0 : 1, distance, entry.rank)
      if let best, best.rank <= rank { return }
      best = (place, rank)
    }
    consider(.begun(slot), begun[slot]?.first, distance: 0)
    consider(.fresh, fresh.first, distance: 1)
    for other in begun.keys.sorted() where other != slot && !others.contains(other) {
      consider(.begun(other), begun[other]?.first, distance: 2)
    }
    return best?.place
  }

  private static func subject(_ unit: UnitID) -> Int { unit.page ?? 0 }

  private static func rank(_ unit: UnitID) -> Int {
    // Sixteen is more than there are stages.
    unit.page.map { $0 * 16 + unit.stage.number } ?? unit.stage.number - 16
  }
}
