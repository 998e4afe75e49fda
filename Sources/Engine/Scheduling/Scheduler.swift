import Checkpoints
import Ledger
import StageKit

/// The live units of all jobs: which may run, which runs where, and what follows from its end.
///
/// Decisions are those of `JobGraph`, `UnitStateMachine` and the queue; here are their effects.
actor Scheduler {
  let surroundings: EngineSurroundings
  var jobs: [JobID: LiveJob] = [:]
  var queue: any UnitQueue = FairUnitQueue()
  /// What may ask a model, for workers of its own: an answer may take a minute, in which others compute.
  var consultations: any UnitQueue = FairUnitQueue()
  /// Claimed from the queue and not yet concluded.
  var runningCount = 0
  /// The same of `consultations`.
  var consultingCount = 0
  /// Jobs being taken up or brought to rest: as long as there are any, there may be work.
  var unsettledCount = 0
  var isStopping = false
  /// What made the engine stop by itself.
  var fatal: StageFailure?
  /// Jobs that wait for room.
  var waiting = WaitingJobs()
  /// Jobs on their way from `waiting` to `jobs`.
  var arriving = 0
  /// Jobs that are being read to be taken up, each with the number of its newest admission: only that one goes on.
  var admissions: [JobID: Int] = [:]
  var admissionCount = 0
  /// Who writes a job's state, and who is to write it next.
  let turns = JobTurns()
  /// Of unfinished jobs, as long as they are at work or wait for room. In memory only.
  var passwords: [JobID: String] = [:]
  /// How many jobs are worked on at once.
  var liveLimit = Int.max { didSet { fill() } }
  /// How many slots get work; those beyond pause.
  var workerTarget: Int
  let census: WorkCensus
  let pace: PaceMeter
  /// What workers are at, by their first fences.
  var chains: [Int64: UnitChain] = [:]
  /// Whose worker each slot has.
  var tenants: [Int: WorkerTenant] = [:]
  private var sleepers: [CheckedContinuation<Void, Never>] = []
  /// Slots that wait for work.
  private var resting: Set<Int> = []
  /// Those of them that have a worker process, which are left the pages they have begun.
  private(set) var idle: Set<Int> = []
  /// Slots that have a worker process, or are about to start one.
  private var warm: Set<Int> = []

  /// How many units may be claimed and not yet concluded: bounds the attempt files on the disk.
  private let openUnits: Int

  /// Whether there may be work later where there is none now.
  private let stays: Bool

  init(
    _ surroundings: EngineSurroundings, workers: Int, openUnits: Int, stays: Bool, census: WorkCensus, pace: PaceMeter
  ) {
    self.pace = pace
    workerTarget = workers
    self.census = census
    self.stays = stays
    self.surroundings = surroundings
    self.openUnits = openUnits
  }

  /// What a free slot is to do.
  enum Step {
    case work(Assignment)
    /// Nothing for a while: the worker may go.
    case idle
    case end
  }

  /// The next unit for a free slot, waiting for one.
  ///
  /// - Parameters:
  ///   - slot: from 0; those from `workerTarget` on get nothing.
  ///   - isWarm: whether it has a worker process. One that has none leaves the work to another that has one and rests:
  ///     starting a process costs as much as a dozen cheap units.
  ///   - deadline: when to answer `idle` where there is nothing; nil waits on. Looked at whenever something wakes.
  /// - Returns: `end` once all jobs have come to rest and no others may come, or the scheduler stops.
  func next(slot: Int = 0, isWarm: Bool = true, until deadline: ContinuousClock.Instant? = nil) async -> Step {
    if isWarm { warm.insert(slot) } else { warm.remove(slot) }
    var hasWaited = isWarm
    while !isStopping {
      if !hasWaited, slot < workerTarget, !warm.isEmpty, queue.count > 0 {
        hasWaited = true
        // A clock that fails is one that does not wait.
        try? await Task.sleep(for: Self.pauseBeforeStart)
        continue
      }
      let hasRested = resting.remove(slot) != nil
      idle.remove(slot)
      if slot < workerTarget, runningCount < openUnits, isWarm || idle.isEmpty,
        let claimed = queue.claim(running: runningCount, slot: slot, staying: tenants[slot], sparing: idle)
      {
        runningCount += 1
        warm.insert(slot)
        // Something may have been left to this slot that another may take now.
        if hasRested { wake() }
        if let assignment = await begin(claimed, slot: slot) { return .work(assignment) }
        released()
      } else if isAtRest {
        return .end
      } else if let deadline, ContinuousClock.now >= deadline {
        return .idle
      } else {
        if slot < workerTarget { rest(slot, isWarm) }
        hasWaited = isWarm
        await withCheckedContinuation { sleepers.append($0) }
      }
    }
    return .end
  }

  /// For how long work that is there has to be more than the other workers take before another process is started.
  private static let pauseBeforeStart = Duration.milliseconds(15)

  private func rest(_ slot: Int, _ isWarm: Bool) {
    resting.insert(slot)
    if isWarm { idle.insert(slot) }
  }

  /// Says how many workers may run at once, and wakes those who look at the clock.
  func setWorkers(_ count: Int) {
    workerTarget = max(1, count)
    resting = resting.filter { $0 < workerTarget }
    idle = idle.filter { $0 < workerTarget }
    wake()
  }

  func setLiveLimit(_ count: Int) { liveLimit = max(1, count) }

  func queuePosition(of job: JobID) -> Int? { waiting.position(of: job) }

  /// The processes that work at this moment.
  var workerProcesses: [Int32] {
    // Units that wait for the end of their chain are of one worker.
    Set(jobs.values.flatMap { $0.running.values.compactMap(\.worker) }).sorted()
  }

  /// Lets every running unit go; `next` gives no more.
  func stop() {
    isStopping = true
    for job in jobs.values { for control in job.running.values { control.stop(.released) } }
    wake()
  }

  /// Says that there may be something for those who wait.
  func wake() {
    let waiting = sleepers
    sleepers = []
    for sleeper in waiting { sleeper.resume() }
  }

  /// The next unit that may ask a model, for a free slot of the kind that does.
  ///
  /// - Parameter deadline: as in `next`.
  func nextConsultation(slot: Int, until deadline: ContinuousClock.Instant? = nil) async -> Step {
    while !isStopping {
      // None of them is to run alone, which `running` is for: they open no document.
      if let claimed = consultations.claim(running: 1, slot: slot, staying: tenants[slot], sparing: []) {
        consultingCount += 1
        if let assignment = await begin(claimed, slot: slot) { return .work(assignment) }
        released(.consulting)
      } else if isAtRest {
        return .end
      } else if let deadline, ContinuousClock.now >= deadline {
        return .idle
      } else {
        await withCheckedContinuation { sleepers.append($0) }
      }
    }
    return .end
  }

  /// Whether nothing is left to do, and nothing may come.
  private var isAtRest: Bool { !stays && jobs.isEmpty && unsettledCount == 0 && waiting.isEmpty }

  /// Queues a unit for the kind of worker that runs it.
  ///
  /// - Parameter alone: the last try of one that died twice. One that only asks and reads JSON does not need that.
  func enqueue(_ unit: UnitID, of job: LiveJob, alone: Bool = false) {
    job.waits(unit)
    if job.works[unit]?.models == nil {
      queue.enqueue(QueuedUnit(job: job.id, unit: unit, alone: alone))
    } else {
      consultations.enqueue(QueuedUnit(job: job.id, unit: unit, alone: false))
    }
  }

  /// Gives back what a claim took.
  func released(_ kind: WorkerKind = .ordinary) {
    switch kind {
    case .ordinary: runningCount -= 1
    case .consulting: consultingCount -= 1
    }
    wake()
  }

  /// What runs of a job at this moment.
  func status(of job: JobID) -> LiveStatus {
    let running = jobs[job]?.running ?? [:]
    return LiveStatus(
      running: running.sorted { $0.key < $1.key }.map { unit, control in
        LiveStatus.Running(unit: unit, fraction: control.fraction, worker: Int(control.worker ?? 0))
      })
  }

  func isLive(_ job: JobID) -> Bool { jobs[job] != nil }

  /// Whether a job is at work, on its way there, or waits for room.
  func holds(_ job: JobID) -> Bool { jobs[job] != nil || admissions[job] != nil || waiting.contains(job) }
}
