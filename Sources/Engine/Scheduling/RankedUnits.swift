/// Waiting units, the one of the lowest rank first, and of equals the one that came first: a binary heap.
struct RankedUnits {
  struct Entry {
    /// Lower ranks go first.
    let rank: Int
    /// In the order they came.
    let arrival: Int
    let unit: QueuedUnit

    fileprivate func goesBefore(_ other: Entry) -> Bool { (rank, arrival) < (other.rank, other.arrival) }
  }

  /// No entry goes before the one at half its place.
  private var entries: [Entry] = []

  var count: Int { entries.count }

  var first: Entry? { entries.first }

  mutating func insert(_ entry: Entry) {
    entries.append(entry)
    var place = entries.count - 1
    while place > 0, entries[place].goesBefore(entries[(place - 1) / 2]) {
      entries.swapAt(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
  }

  mutating func popFirst() -> Entry? {
    guard let last = entries.popLast() else { return nil }
    guard let first = entries.first else { return last }
    entries[0] = last
    var place = 0
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2] where child < entries.count {
        if entries[child].goesBefore(entries[least]) { least = child }
      }
      guard least != place else { return first }
      entries.swapAt(place, least)
      place = least
    }
  }
}
