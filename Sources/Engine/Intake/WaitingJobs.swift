import Checkpoints
import DequeModule
import Ledger

/// Jobs that wait for room among those worked on: a few words of each, however many pages it has.
///
/// The next one is of the highest priority; among equals of the owner with the fewest jobs at work, then the oldest: so
/// nobody's thousand documents keep another's one waiting.
struct WaitingJobs: Sendable {
  struct Entry: Sendable {
    let job: JobID
    let owner: String
    let priority: Int
    /// In the order of arrival.
    fileprivate var number = 0

    init(_ record: JobRecord) {
      job = record.manifest.id
      owner = record.manifest.owner
      priority = record.manifest.settings.priority
    }

    fileprivate var line: Line { Line(owner: owner, priority: priority) }
  }

  /// Jobs among which the oldest is next.
  fileprivate struct Line: Hashable {
    let owner: String
    let priority: Int
  }

  /// In the order of arrival, so that numbers rise. None is empty.
  private var lines: [Line: Deque<Entry>] = [:]
  private var entries: [JobID: Entry] = [:]
  private var arrivals = 0

  var count: Int { entries.count }
  var isEmpty: Bool { entries.isEmpty }

  func contains(_ job: JobID) -> Bool { entries[job] != nil }

  mutating func insert(_ entry: Entry) {
    remove(entry.job)
    var entry = entry
    arrivals += 1
    entry.number = arrivals
    entries[entry.job] = entry
    lines[entry.line, default: []].append(entry)
  }

  @discardableResult
  mutating func remove(_ job: JobID) -> Entry? {
    guard let entry = entries.removeValue(forKey: job) else { return nil }
    if let index = lines[entry.line]?.count(before: entry.number) { lines[entry.line]?.remove(at: index) }
    if lines[entry.line]?.isEmpty == true { lines[entry.line] = nil }
    return entry
  }

  /// Takes the next one.
  ///
  /// - Parameter live: how many jobs of an owner are at work.
  mutating func next(live: [String: Int]) -> Entry? {
    var best: (entry: Entry, live: Int)?
    for line in lines.values {
      guard let entry = line.first else { continue }
      let count = live[entry.owner] ?? 0
      // Numbers are never equal, so the whim of the dictionary's order decides nothing.
      if let best, (entry.priority, best.live, best.entry.number) < (best.entry.priority, count, entry.number) {
        continue
      }
      best = (entry, count)
    }
    return best.flatMap { remove($0.entry.job) }
  }

  /// How many jobs wait before one of its own priority and age; 0 for the next.
  func position(of job: JobID) -> Int? {
    guard let entry = entries[job] else { return nil }
    return lines.reduce(0) { sum, line in
      if line.key.priority > entry.priority { return sum + line.value.count }
      return line.key.priority == entry.priority ? sum + line.value.count(before: entry.number) : sum
    }
  }
}

extension Deque<WaitingJobs.Entry> {
  /// How many of them came before a number.
  fileprivate func count(before number: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
