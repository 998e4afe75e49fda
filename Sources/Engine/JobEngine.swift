import Checkpoints
import Foundation
import Ledger
import Logging
import StageKit
import Synchronization

/// The owner of a data folder: takes documents, runs their units in workers, and tells what happens.
package final class JobEngine: Sendable {
  package let folder: DataFolder
  package let pipeline: Pipeline
  package var ledger: any JobLedger { sqlite }
  /// The same ledger's keys, stored answers and usage.
  package var accounts: any AccessLedger { sqlite }
  /// The same ledger's outbox.
  package var outbox: any WebhookLedger { sqlite }
  let surroundings: EngineSurroundings
  let scheduler: Scheduler
  private let sqlite: SQLiteLedger
  private let bus: LocalEventBus
  package let program: WorkerProgram
  /// The worker processes that are there.
  package let roster = WorkerRoster()
  /// How much unfinished work there is.
  package let census: WorkCensus
  /// How fast jobs come through.
  package let pace: PaceMeter
  let gate = DocumentGate()
  /// Who changes a job, and who is to change it next.
  let turns = JobTurns()
  private let workerBounds: Mutex<(least: Int, most: Int)>
  private let configuration: EngineConfiguration
  private let owner: DataFolderOwner
  /// Given back when the engine is closed.
  private let lock: Mutex<OwnerLock?>
  private let control: ControlSocket
  /// The worker that has told the plan, until the first slot takes it over.
  private let firstWorker: Mutex<WarmWorker?>

  /// Locks the folder, sweeps what dead owners left, opens the ledger and asks the worker for the plan.
  ///
  /// - Throws: `StageFailure` with `data_folder_owned`, `data_folder_unusable`, `ledger_too_new`.
  package static func open(_ folder: DataFolder, _ configuration: EngineConfiguration) async throws -> JobEngine {
    let program = try WorkerProgram(
      executable: configuration.workerExecutable, niceness: configuration.workerNiceness,
      sandbox: configuration.sandboxPolicy)
    let owner = DataFolderOwner(
      id: UUID().uuidString.lowercased(), process: getpid(), program: configuration.program)
    let (lock, arrivals) = try await BlockingWork.run {
      try folder.createTop()
      let lock = try OwnerLock(folder, owner: owner)
      let arrivals = try folder.arrivals(besides: owner.id)
      // Where there are any, their notes stay until the ledger has been asked.
      if arrivals.isEmpty { try folder.sweepTemporary(for: owner.id) }
      try WorkerSlot.createFolders(in: Self.slotFolder(1, of: owner.id, in: folder))
      return (lock, arrivals)
    }
    // It gets ready while the ledger is opened; where that fails, it ends as soon as nobody holds it.
    let process = try await program.start(scratch: WorkerSlot.scratch(in: Self.slotFolder(1, of: owner.id, in: folder)))
    let sqlite = try await BlockingWork.run { [stays = configuration.stays] in
      try folder.createShards()
      return try SQLiteLedger(path: folder.ledger, reservesLog: stays)
    }
    _ = try await sqlite.release(exceptOwner: owner.id)
    if !arrivals.isEmpty { try await clear(arrivals, in: folder, sqlite, for: owner) }
    let (worker, plan) = try await WarmWorker.describing(process, logger: configuration.logger)
    try configuration.judge(plan.sandbox ?? .none)
    let pipeline = Pipeline(plan, models: configuration.models?.offer)
    try pipeline.checkNeeds()
    return try JobEngine(folder, pipeline, sqlite, program, worker, configuration, lock)
  }

  /// Removes the folders of submissions that ended before they were acknowledged, then what else dead owners left.
  private static func clear(
    _ arrivals: [JobID], in folder: DataFolder, _ ledger: SQLiteLedger, for owner: DataFolderOwner
  ) async throws {
    for job in arrivals where try await ledger.job(job) == nil {
      try await BlockingWork.run { try JobTree(job, in: folder).remove() }
    }
    try await BlockingWork.run { try folder.sweepTemporary(for: owner.id) }
  }

  private init(
    _ folder: DataFolder, _ pipeline: Pipeline, _ ledger: SQLiteLedger, _ program: WorkerProgram,
    _ worker: sending WarmWorker, _ configuration: EngineConfiguration, _ lock: OwnerLock
  ) throws {
    let bus = LocalEventBus()
    let surroundings = EngineSurroundings(
      folder: folder, store: ObjectFolder(folder, compression: configuration.compression),
      documents: DocumentFolder(folder), ledger: ledger,
      pipeline: pipeline, bus: bus, limits: configuration.limits,
      isolation: configuration.isolation, owner: lock.owner.id, logger: configuration.logger)
    let most = max(1, configuration.workers)
    workerBounds = Mutex((min(most, configuration.leastWorkers ?? most), most))
    census = WorkCensus()
    pace = PaceMeter()
    let scheduler = Scheduler(
      surroundings, workers: min(most, configuration.leastWorkers ?? most),
      openUnits: Self.openUnitsPerWorker * most, stays: configuration.stays, census: census, pace: pace)
    self.folder = folder
    self.pipeline = pipeline
    self.surroundings = surroundings
    self.scheduler = scheduler
    self.program = program
    self.configuration = configuration
    owner = lock.owner
    self.lock = Mutex(lock)
    self.bus = bus
    sqlite = ledger
    firstWorker = Mutex(worker)
    control = try ControlSocket(folder, scheduler: scheduler, logger: configuration.logger)
  }

  /// Works until every admitted job has come to rest (finished or paused) or `stop` was called.
  ///
  /// - Throws: `StageFailure` where the engine itself had to give up.
  package func run() async throws {
    await withTaskGroup(of: Void.self) { tuning in
      if configuration.stays {
        tuning.addTask { await self.tuneWorkers() }
      }
      await serveAll()
      // Its next look would be a second away.
      tuning.cancelAll()
    }
    if let fatal = await scheduler.fatal { throw fatal }
  }

  /// Lets running units go, so that `run` returns; nothing is lost, `resume` goes on.
  package func stop() async { await scheduler.stop() }

  /// Everything from now on. Each watcher has a buffer of 1,024 events; the oldest are dropped where it does not keep up.
  package func events() -> AsyncStream<EngineEvent> { bus.subscribe() }

  /// The same for those who must not lose a transition.
  package func watch() -> EngineWatch { bus.watch() }

  /// Closes the ledger and gives the folder back. Nothing else may be called afterwards.
  package func close() async throws {
    await firstWorker.withLock { $0.take() }?.retire()
    control.close()
    bus.finish()
    try await sqlite.close()
    let (folder, owner) = (folder, owner.id)
    try await BlockingWork.run { try folder.removeTemporary(of: owner) }
    lock.withLock { $0 = nil }
  }

  /// Works until the scheduler is told to stop, or has nothing left.
  private func serveAll() async {
    await withTaskGroup(of: Void.self) { group in
      for number in 1...max(1, configuration.workers) {
        group.addTask { await self.serve(self.slot(number), number - 1, .ordinary) }
      }
      for number in 0..<(configuration.models?.concurrency ?? 0) {
        let index = max(1, configuration.workers) + number
        group.addTask { await self.serve(self.slot(index + 1, models: self.configuration.models), index, .consulting) }
      }
    }
  }

  private func serve(_ slot: WorkerSlot, _ index: Int, _ kind: WorkerKind) async {
    await withDiscardingTaskGroup { group in
      working: while true {
        let deadline = slot.isWarm ? configuration.idleTime.map { ContinuousClock.now + $0 } : nil
        let step =
          switch kind {
          case .ordinary: await scheduler.next(slot: index, isWarm: slot.isWarm, until: deadline)
          case .consulting: await scheduler.nextConsultation(slot: index, until: deadline)
          }
        switch step {
        case .work(let assignment):
          var next: Assignment? = assignment
          while let assignment = next { next = await scheduler.ended(assignment, slot.run(assignment)) }
          // While results are forced to the disk, the worker is at its next unit. The scheduler bounds how many there are.
          group.addTask { await self.scheduler.conclude(assignment.chain, of: kind) }
        case .idle: await slot.close()
        case .end: break working
        }
      }
      await slot.close()
    }
  }

  /// Fits the number of workers to the load, the cores and the memory, once a second until it is cancelled.
  private func tuneWorkers() async {
    var bounds = workerBounds.withLock { $0 }
    var target = WorkerTarget(least: bounds.least, most: bounds.most)
    var gauge = MachineGauge()
    while !Task.isCancelled {
      let now = workerBounds.withLock { $0 }
      if now != bounds { (bounds, target) = (now, WorkerTarget(least: now.least, most: now.most)) }
      let load = await scheduler.load()
      let processes = await scheduler.workerProcesses
      target.update(
        WorkerTarget.Reading(
          demand: load.readyUnits + load.runningUnits, workers: processes.count,
          availableMemory: MachineGauge.availableMemory(), foreignCores: gauge.foreignCores(workers: processes)))
      await scheduler.setWorkers(target.value)
      pace.note(workers: target.value)
      // Cancelled at the end, which the loop sees.
      try? await Task.sleep(for: .seconds(1))
    }
  }

  private func slot(_ number: Int, models: (any ModelGateway)? = nil) -> WorkerSlot {
    WorkerSlot(
      number: number, program: program, limits: configuration.limits,
      folder: Self.slotFolder(number, of: owner.id, in: folder), store: surroundings.store,
      documents: surroundings.documents, bus: bus, roster: roster, models: models,
      logger: configuration.logger,
      spare: number == 1 ? firstWorker.withLock { $0.take() } : nil)
  }

  private static func slotFolder(_ number: Int, of owner: String, in folder: DataFolder) -> String {
    "\(folder.temporary(of: owner))/worker-\(number)"
  }

  /// One that runs, and two whose results are on their way to the disk.
  private static let openUnitsPerWorker = 3

  var whenDeleting: (@Sendable (JobID) async throws -> Void)? { configuration.whenDeleting }

  var documentLimit: Int { configuration.documentLimit }

  var stays: Bool { configuration.stays }

  // MARK: What a server asks

  /// How many jobs wait before this one; nil where it does not wait for room.
  package func queuePosition(of job: JobID) async -> Int? { await scheduler.queuePosition(of: job) }

  package func load() async -> SchedulerLoad { await scheduler.load() }

  /// What runs of a job at this moment.
  package func liveStatus(of job: JobID) async -> LiveStatus { await scheduler.status(of: job) }

  /// How many worker processes there may be; more than at the start there never are.
  package func limitWorkers(least: Int, most: Int) async {
    let most = max(1, min(most, configuration.workers))
    workerBounds.withLock { $0 = (max(1, min(least, most)), most) }
  }

  /// How many jobs are worked on at once; the others wait.
  package func limitLiveJobs(to count: Int) async { await scheduler.setLiveLimit(count) }

  package var store: ObjectFolder { surroundings.store }
  package var documents: DocumentFolder { surroundings.documents }
  package func tree(of job: JobID) -> JobTree { surroundings.tree(of: job) }
}
