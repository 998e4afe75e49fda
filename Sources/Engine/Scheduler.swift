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
  /// Claimed from the queue and not yet concluded.
  var runningCount = 0
  /// Jobs being taken up or brought to rest: as long as there are any, there may be work.
  var unsettledCount = 0
  var isStopping = false
  /// What made the engine stop by itself.
  var fatal: StageFailure?
  private var sleepers: [CheckedContinuation<Void, Never>] = []

  /// How many units may be claimed and not yet concluded: bounds the attempt files on the disk.
  private let openUnits: Int

  /// Whether there may be work later where there is none now.
  private let stays: Bool

  init(_ surroundings: EngineSurroundings, openUnits: Int, stays: Bool) {
    self.stays = stays
    self.surroundings = surroundings
    self.openUnits = openUnits
  }

  /// The next unit for a free worker, waiting for one.
  ///
  /// - Returns: nil once all jobs have come to rest and no others may come, or the scheduler stops.
  func next() async -> Assignment? {
    while !isStopping {
      if runningCount < openUnits, let claimed = queue.claim(running: runningCount) {
        runningCount += 1
        if let assignment = await begin(claimed) { return assignment }
        released()
      } else if !stays, jobs.isEmpty, unsettledCount == 0 {
        return nil
      } else {
        await withCheckedContinuation { sleepers.append($0) }
      }
    }
    return nil
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

  /// Gives back what a claim took.
  func released() {
    runningCount -= 1
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
}
