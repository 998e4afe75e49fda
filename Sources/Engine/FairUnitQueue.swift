import Checkpoints
import StageKit

/// The embedded queue: among jobs of the highest priority the one that was served least goes first; within a job what
/// the whole document waits for, then page after page, so that a page's bytes are still warm at its next stage.
struct FairUnitQueue: UnitQueue {
  fileprivate struct Waiting {
    let priority: Int
    /// CPU seconds, counted from the least served job at the time it came.
    var served: Double
    /// Descending by rank: the next one is the last.
    var units: [(rank: Int, unit: QueuedUnit)] = []
  }

  private var jobs: [JobID: Waiting] = [:]
  /// In the order they came, so that equals are served in turn and not by the whim of a hash.
  private var order: [JobID] = []
  private var aloneWaiting: [QueuedUnit] = []
  private var isAloneRunning = false

  var count: Int { jobs.values.reduce(aloneWaiting.count) { $0 + $1.units.count } }

  mutating func open(_ job: JobID, priority: Int) {
    guard jobs[job] == nil else { return }
    jobs[job] = Waiting(priority: priority, served: jobs.values.map(\.served).min() ?? 0)
    order.append(job)
  }

  mutating func close(_ job: JobID) {
    jobs[job] = nil
    order.removeAll { $0 == job }
    aloneWaiting.removeAll { $0.job == job }
  }

  mutating func enqueue(_ unit: QueuedUnit) {
    guard jobs[unit.job] != nil else { return }
    if unit.alone {
      aloneWaiting.append(unit)
    } else {
      jobs[unit.job]?.insert(unit)
    }
  }

  mutating func claim(running: Int) -> QueuedUnit? {
    if running == 0 { isAloneRunning = false }
    guard !isAloneRunning else { return nil }
    // While one waits to be alone, nothing new starts: so its turn comes.
    if !aloneWaiting.isEmpty {
      guard running == 0 else { return nil }
      isAloneRunning = true
      return aloneWaiting.removeFirst()
    }
    var best: (job: JobID, priority: Int, served: Double)?
    for job in order {
      guard let waiting = jobs[job], !waiting.units.isEmpty else { continue }
      if let best, (best.priority, -best.served) >= (waiting.priority, -waiting.served) { continue }
      best = (job, waiting.priority, waiting.served)
    }
    return best.flatMap { jobs[$0.job]?.units.popLast()?.unit }
  }

  mutating func charge(_ job: JobID, cpuSeconds: Double) {
    guard cpuSeconds.isFinite else { return }
    jobs[job]?.served += max(0, cpuSeconds)
  }
}

extension FairUnitQueue.Waiting {
  fileprivate mutating func insert(_ unit: QueuedUnit) {
    let rank = Self.rank(unit.unit)
    // First in, first out among equals: behind those of the same rank, which in a descending list is before them.
    var low = 0
    var high = units.count
    while low < high {
      let middle = (low + high) / 2
      if units[middle].rank > rank { low = middle + 1 } else { high = middle }
    }
    units.insert((rank, unit), at: low)
  }

  private static func rank(_ unit: UnitID) -> Int {
    // Sixteen is more than there are stages.
    unit.page.map { $0 * 16 + unit.stage.number } ?? unit.stage.number - 16
  }
}
