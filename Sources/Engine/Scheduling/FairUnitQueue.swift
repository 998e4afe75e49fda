import Checkpoints
import StageKit

/// The embedded queue: among jobs of the highest priority the owner who was served least goes first, and of that
/// owner's jobs the one that was served least; within a job as `WaitingUnits` has it.
package struct FairUnitQueue: UnitQueue {
  private struct Waiting {
    let priority: Int
    let tenant: WorkerTenant
    var owner: String { tenant.owner }
    /// Seconds of workers, counted from its owner's least served job at the time it came.
    var served: Double
    var units = WaitingUnits()
  }

  private struct Owner {
    var jobs = 0
    /// Seconds of workers, counted from the least served owner at the time that the first of these jobs came.
    var served: Double
  }

  private var jobs: [JobID: Waiting] = [:]
  /// Those who have jobs here.
  private var owners: [String: Owner] = [:]
  /// In the order they came, so that equals are served in turn and not by the whim of a hash.
  private var order: [JobID] = []
  private var aloneWaiting: [QueuedUnit] = []
  private var isAloneRunning = false

  package init() {}

  package var count: Int { jobs.values.reduce(aloneWaiting.count) { $0 + $1.units.count } }

  package func hasWork(besides job: JobID) -> Bool {
    !aloneWaiting.isEmpty || jobs.contains { $0.key != job && $0.value.units.count > 0 }
  }

  package mutating func open(_ job: JobID, priority: Int, tenant: WorkerTenant) {
    guard jobs[job] == nil else { return }
    let owner = tenant.owner
    let newcomer = Owner(served: owners.values.map(\.served).min() ?? 0)
    owners[owner, default: newcomer].jobs += 1
    let least = jobs.values.filter { $0.owner == owner }.map(\.served).min()
    jobs[job] = Waiting(priority: priority, tenant: tenant, served: least ?? 0)
    order.append(job)
  }

  package mutating func close(_ job: JobID) {
    if let owner = jobs.removeValue(forKey: job)?.owner {
      owners[owner]?.jobs -= 1
      if owners[owner]?.jobs == 0 { owners[owner] = nil }
    }
    order.removeAll { $0 == job }
    aloneWaiting.removeAll { $0.job == job }
  }

  package mutating func enqueue(_ unit: QueuedUnit) {
    guard jobs[unit.job] != nil else { return }
    if unit.alone {
      aloneWaiting.append(unit)
    } else {
      jobs[unit.job]?.units.insert(unit)
    }
  }

  package mutating func claim(
    running: Int, slot: Int, staying tenant: WorkerTenant?, sparing others: Set<Int>
  ) -> QueuedUnit? {
    if running == 0 { isAloneRunning = false }
    guard !isAloneRunning else { return nil }
    // While one waits to be alone, nothing new starts: so its turn comes.
    if !aloneWaiting.isEmpty {
      guard running == 0 else { return nil }
      isAloneRunning = true
      return aloneWaiting.removeFirst()
    }
    guard let best = best(where: { $0.units.has(for: slot, sparing: others) }) else { return nil }
    let chosen = tenant.flatMap { tenant in
      self.best { $0.tenant == tenant && $0.units.has(for: slot, sparing: others) }
    }.flatMap { isTurn(of: $0, before: best) }
    return jobs[chosen ?? best.job]?.units.take(for: slot, sparing: others)
  }

  package mutating func claim(of job: JobID, slot: Int, sparing others: Set<Int>) -> QueuedUnit? {
    guard !isAloneRunning, aloneWaiting.isEmpty, let own = jobs[job],
      !jobs.values.contains(where: { $0.priority > own.priority && $0.units.count > 0 })
    else { return nil }
    return jobs[job]?.units.take(for: slot, sparing: others)
  }

  private typealias Candidate = (job: JobID, rank: (priority: Int, owner: Double, job: Double))

  /// The job of those in question that is next.
  private func best(where isInQuestion: (Waiting) -> Bool) -> Candidate? {
    var best: Candidate?
    for job in order {
      guard let waiting = jobs[job], isInQuestion(waiting) else { continue }
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

  /// Seconds by which one may run ahead of another before its worker makes room for the other's: a fresh worker and
  /// its language data cost a tenth of that.
  private static let turn = 1.0

  package mutating func charge(_ job: JobID, seconds: Double) {
    guard seconds.isFinite, let owner = jobs[job]?.owner else { return }
    jobs[job]?.served += max(0, seconds)
    owners[owner]?.served += max(0, seconds)
  }
}
