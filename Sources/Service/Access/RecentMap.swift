/// A dictionary of bounded size that forgets what was used longest ago.
struct RecentMap<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Entry: Sendable {
    let key: Key
    var value: Value
    var newer: Int?
    var older: Int?
  }

  let capacity: Int
  private var places: [Key: Int] = [:]
  private var entries: [Entry] = []
  private var newest: Int?
  private var oldest: Int?

  init(capacity: Int) {
    self.capacity = max(1, capacity)
  }

  var count: Int { entries.count }

  /// Reading and writing count as use.
  subscript(key: Key) -> Value? {
    mutating get {
      guard let place = places[key] else { return nil }
      touch(place)
      return entries[place].value
    }
    set {
      guard let newValue else { return remove(key) }
      if let place = places[key] {
        entries[place].value = newValue
        return touch(place)
      }
      if entries.count == capacity, let oldest { remove(entries[oldest].key) }
      places[key] = entries.count
      entries.append(Entry(key: key, value: newValue))
      makeNewest(entries.count - 1)
    }
  }

  private mutating func remove(_ key: Key) {
    guard let place = places.removeValue(forKey: key) else { return }
    unlink(place)
    // The last entry fills the gap.
    let last = entries.count - 1
    if place != last {
      let moved = entries[last]
      entries[place] = moved
      places[moved.key] = place
      if let newer = moved.newer { entries[newer].older = place } else { newest = place }
      if let older = moved.older { entries[older].newer = place } else { oldest = place }
    }
    entries.removeLast()
  }

  private mutating func touch(_ place: Int) {
    guard newest != place else { return }
    unlink(place)
    makeNewest(place)
  }

  private mutating func unlink(_ place: Int) {
    let entry = entries[place]
    if let newer = entry.newer { entries[newer].older = entry.older } else { newest = entry.older }
    if let older = entry.older { entries[older].newer = entry.newer } else { oldest = entry.newer }
  }

  private mutating func makeNewest(_ place: Int) {
    entries[place].newer = nil
    entries[place].older = newest
    if let newest { entries[newest].newer = place } else { oldest = place }
    newest = place
  }
}
