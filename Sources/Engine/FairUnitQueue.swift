import Checkpoints
import StageKit

/// The embedded queue: among jobs of the highest priority the owner who was served least goes first, and of that
/// owner's jobs the one that was served least; within a job what the whole document waits for, then page after page, so
/// that a page's bytes are still warm at its next stage.
struct FairUnitQueue: UnitQueue {
  fileprivate struct Waiting {
    let priority: Int
    let tenant: WorkerTenant
    var owner: String { tenant.owner }
    /// CPU seconds, counted from its owner's least served job at the time it came.
    var served: Double
    /// Descending by rank: the next one is the last.
    var units: [(rank: Int, unit: QueuedUnit)] = []
  }

  private struct Owner {
    var jobs = 0
    /// CPU seconds, counted from the least served owner at the time that the first of these jobs came.
    var served: Double
  }

  private var jobs: [JobID: Waiting] = [:]
  /// Those who have jobs here.
  private var owners: [String: Owner] = [:]
  /// In the order they came, so that equals are served in turn and not by the whim of a hash.
  private var order: [JobID] = []
  private var aloneWaiting: [QueuedUnit] = []
  private var isAloneRunning = false

  var count: Int { jobs.values.reduce(aloneWaiting.count) { $0 + $1.units.count } }

  mutating func open(_ job: JobID, priority: Int, tenant: WorkerTenant) {
    guard jobs[job] == nil else { return }
    let owner = tenant.owner
    let newcomer = Owner(served: owners.values.map(\.served).min() ?? 0)
    owners[owner, default: newcomer].jobs += 1
    let least = jobs.values.filter { $0.owner == owner }.map(\.served).min()
    jobs[job] = Waiting(priority: priority, tenant: tenant, served: least ?? 0)
    order.append(job)
  }

  mutating func close(_ job: JobID) {
    if let owner = jobs.removeValue(forKey: job)?.owner {
      owners[owner]?.jobs -= 1
      if owners[owner]?.jobs == 0 { owners[owner] = nil }
    }
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

  mutating func claim(running: Int, staying tenant: WorkerTenant?) -> QueuedUnit? {
    if running == 0 { isAloneRunning = false }
    guard !isAloneRunning else { return nil }
    // While one waits to be alone, nothing new starts: so its turn comes.
    if !aloneWaiting.isEmpty {
      guard running == 0 else { return nil }
      isAloneRunning = true
      return aloneWaiting.removeFirst()
    }
    guard let best = best(where: { _ in true }) else { return nil }
    let chosen = tenant.flatMap { tenant in self.best { $0.tenant == tenant } }.flatMap { isTurn(of: $0, before: best) }
    return jobs[chosen ?? best.job]?.units.popLast()?.unit
  }

  private typealias Candidate = (job: JobID, rank: (priority: Int, owner: Double, job: Double))

  /// The job of those in question that is next.
  private func best(where isInQuestion: (Waiting) -> Bool) -> Candidate? {
    var best: Candidate?
    for job in order {
      guard let waiting = jobs[job], !waiting.units.isEmpty, isInQuestion(waiting) else { continue }
      let rank = (waiting.priority, -(owners[waiting.owner]?.served ?? 0), -waiting.served)
      if let best, best.rank >= rank { continue }
      best = (job, rank)
    }
    return best
  }

  /// - Returns: the job whose turn still lasts; nil where another's is due.
  private func isTurn(of candidate: Candidate, before best: Candidate) -> JobID? {
    let isDue =
      best.rank.priority > candidate.rank.priority || best.rank.owner - candidate.rank.owner > Self.turn
      || best.rank.job - candidate.rank.job > Self.turn
    return isDue ? nil : candidate.job
  }

  /// CPU seconds by which one may run ahead of another before its worker makes room for the other's: a fresh worker and
  /// its language data cost a tenth of that.
  private static let turn = 1.0

  mutating func charge(_ job: JobID, cpuSeconds: Double) {
    guard cpuSeconds.isFinite, let owner = jobs[job]?.owner else { return }
    jobs[job]?.served += max(0, cpuSeconds)
    owners[owner]?.served += max(0, cpuSeconds)
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
