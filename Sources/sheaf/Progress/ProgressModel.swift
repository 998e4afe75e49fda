import Checkpoints
import Engine
import Ledger
import StageKit

/// What a command's display shows: all its jobs, from the engine's events.
///
/// Pure: events and the time come in, values go out.
struct ProgressModel: Sendable {
  /// Documents and jobs that the command was given.
  let expected: Int
  /// Those of them that became no job.
  private(set) var refused = 0
  private(set) var jobs: [JobID: JobProgress] = [:]
  /// As they were admitted.
  private(set) var order: [JobID] = []
  private let started: Double

  init(expected: Int, at now: Double) {
    self.expected = expected
    started = now
  }

  mutating func admit(_ job: JobProgress) {
    if jobs[job.job] == nil { order.append(job.job) }
    jobs[job.job] = job
  }

  mutating func refuse() { refused += 1 }

  mutating func apply(_ event: EngineEvent, at now: Double) {
    switch event {
    case .transition(let transition): jobs[transition.job]?.apply(transition, at: now)
    case .tick(let job, let unit, let fraction): jobs[job]?.tick(unit, fraction)
    case .planned(let job, let units): jobs[job]?.plan(units)
    case .removed: break  // The command that owns the folder deletes no job that it works on.
    }
  }

  /// Takes a job as the ledger has it in the end.
  mutating func conclude(_ record: JobRecord, at now: Double) { jobs[record.manifest.id]?.conclude(record, at: now) }

  /// Jobs that units of run now, or whose first is about to; the oldest first.
  var active: [JobProgress] {
    order.compactMap { jobs[$0] }.filter { !$0.isAtRest && (!$0.running.isEmpty || $0.state == .running) }
  }

  /// Jobs and documents that nothing more happens to.
  var atRest: Int { refused + order.count { jobs[$0]?.isAtRest ?? false } }

  /// Jobs and documents that came to nothing.
  var failed: Int { refused + order.count { jobs[$0]?.state == .failed } }

  /// The part of the work that is done, 0…1: jobs count alike, since those to come are not known.
  var fraction: Double {
    guard expected > 0 else { return 0 }
    let done = order.reduce(Double(refused)) { sum, job in
      sum + (jobs[job].map { $0.isAtRest ? 1 : $0.fraction } ?? 0)
    }
    return min(1, done / Double(expected))
  }

  var pagesDone: Int { order.reduce(0) { $0 + (jobs[$1]?.pagesDone ?? 0) } }

  func elapsed(at now: Double) -> Double { max(0, now - started) }

  /// Pages per minute over all jobs; nil while too little is known.
  func rate(at now: Double) -> Double? {
    let pages = order.reduce(0) { $0 + (jobs[$1]?.pagesWorked ?? 0) }
    let elapsed = elapsed(at: now)
    return elapsed >= 2 && pages > 0 ? Double(pages) * 60 / elapsed : nil
  }

  /// Seconds until all is done at the pace so far; nil while too little is known.
  func timeLeft(at now: Double) -> Double? {
    let elapsed = elapsed(at: now)
    guard elapsed >= 2, fraction >= 0.02, fraction < 1 else { return nil }
    return elapsed * (1 - fraction) / fraction
  }
}
