import Checkpoints
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
    let resumption: JobResumption
    /// In the order of arrival.
    fileprivate var number = 0

    init(_ record: JobRecord, _ resumption: JobResumption) {
      job = record.manifest.id
      owner = record.manifest.owner
      priority = record.manifest.settings.priority
      self.resumption = resumption
    }

    fileprivate func goesBefore(_ other: Entry) -> Bool {
      (-priority, number) < (-other.priority, other.number)
    }
  }

  /// Of each owner, the next one last.
  private var queues: [String: [Entry]] = [:]
  private var owners: [JobID: String] = [:]
  private var arrivals = 0

  var count: Int { owners.count }
  var isEmpty: Bool { owners.isEmpty }

  func contains(_ job: JobID) -> Bool { owners[job] != nil }

  mutating func insert(_ entry: Entry) {
    remove(entry.job)
    var entry = entry
    arrivals += 1
    entry.number = arrivals
    owners[entry.job] = entry.owner
    var queue = queues[entry.owner] ?? []
    // First in, first out among equals: behind them, which in this order is before them.
    var low = 0
    var high = queue.count
    while low < high {
      let middle = (low + high) / 2
      if entry.goesBefore(queue[middle]) { low = middle + 1 } else { high = middle }
    }
    queue.insert(entry, at: low)
    queues[entry.owner] = queue
  }

  @discardableResult
  mutating func remove(_ job: JobID) -> Entry? {
    guard let owner = owners.removeValue(forKey: job), let index = queues[owner]?.firstIndex(where: { $0.job == job })
    else { return nil }
    let entry = queues[owner]?.remove(at: index)
    if queues[owner]?.isEmpty == true { queues[owner] = nil }
    return entry
  }

  /// Takes the next one.
  ///
  /// - Parameter live: how many jobs of an owner are at work.
  mutating func next(live: [String: Int]) -> Entry? {
    var best: (entry: Entry, live: Int)?
    for queue in queues.values {
      guard let entry = queue.last else { continue }
      let count = live[entry.owner] ?? 0
      // Numbers are never equal, so the whim of the dictionary's order decides nothing.
      if let best, (-best.entry.priority, best.live, best.entry.number) < (-entry.priority, count, entry.number) {
        continue
      }
      best = (entry, count)
    }
    return best.flatMap { remove($0.entry.job) }
  }

  /// How many jobs wait before one of its own priority and age; 0 for the next.
  func position(of job: JobID) -> Int? {
    guard let owner = owners[job], let entry = queues[owner]?.first(where: { $0.job == job }) else { return nil }
    return queues.values.reduce(0) { sum, queue in sum + queue.count { $0.goesBefore(entry) } }
  }
}
