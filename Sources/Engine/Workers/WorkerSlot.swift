import Checkpoints
import Foundation
import Ledger
import Logging
import StageKit
import WorkerChannel

#if canImport(Glibc)
  import Glibc
#endif

/// One place for a worker process: started when there is work, kept warm from unit to unit, replaced after a fault and
/// from time to time.
///
/// Used by one task.
final class WorkerSlot {
  private let number: Int
  private let program: WorkerProgram
  private let limits: WorkerLimits
  private let folder: String
  private let store: any CheckpointStore
  private let documents: DocumentFolder
  private let bus: any EventBus
  private let roster: WorkerRoster
  private let models: (any ModelGateway)?
  private let logger: Logger
  private var worker: WarmWorker?
  /// A worker that is ready and has not been given a unit yet.
  private var spare: WarmWorker?

  /// - Parameters:
  ///   - folder: the slot's own, for attempt files and the worker's scratch.
  ///   - models: whom its worker may ask; nil for an ordinary one.
  ///   - spare: a worker that is ready already.
  init(
    number: Int, program: WorkerProgram, limits: WorkerLimits, folder: String, store: any CheckpointStore,
    documents: DocumentFolder, bus: any EventBus, roster: WorkerRoster = WorkerRoster(),
    models: (any ModelGateway)? = nil, logger: Logger, spare: WarmWorker? = nil
  ) {
    self.number = number
    self.program = program
    self.limits = limits
    self.folder = folder
    self.store = store
    self.documents = documents
    self.bus = bus
    self.roster = roster
    self.models = models
    self.logger = logger
    self.spare = spare
  }

  /// Runs one unit. The end of a worker is an outcome like any other.
  func run(_ assignment: Assignment) async -> UnitOutcome {
    let worker: WarmWorker
    let asked = ContinuousClock.now
    let isWarm = self.worker?.tenant == assignment.tenant
    do {
      worker = try await warmWorker(for: assignment.tenant)
    } catch {
      logger.error("a worker could not be started", metadata: ["error": "\(error)"])
      let failure = StageFailure(
        .engineFailed, "The program sheaf-worker could not be started.", hint: "Run sheaf doctor.", retryable: true)
      return UnitOutcome(ending: .failed(failure, lastInput: nil))
    }
    var assignment = assignment
    assignment.order.scratch = scratch
    let desk = UnitDesk(
      assignment, store: store, documents: documents, folder: attempts, fileLimit: limits.filesPerUnit)
    let began = ContinuousClock.now
    roster.begins(assignment.unit, at: number)
    var outcome = await UnitConversation(
      assignment, worker: worker, desk: desk, bus: bus, models: models, logger: logger
    ).run()
    outcome.use.workSeconds = (ContinuousClock.now - began) / .seconds(1)
    outcome.use.spawnSeconds = isWarm ? 0 : (began - asked) / .seconds(1)
    roster.ended(at: number)
    emptyScratch()
    EngineMeter.ran(assignment.unit.stage, outcome, since: began)
    await retireIfWorn(worker, after: outcome)
    return outcome
  }

  /// Whether a worker process is there.
  var isWarm: Bool { worker != nil || spare != nil }

  /// Lets the worker go.
  func close() async {
    await spare?.retire()
    spare = nil
    guard let worker else { return }
    self.worker = nil
    roster.isGone(number)
    EngineMeter.workerIsGone(slot: number, nil)
    await worker.retire()
  }

  private var attempts: String { Self.attempts(in: folder) }
  private var scratch: String { Self.scratch(in: folder) }

  private static func attempts(in folder: String) -> String { folder + "/attempts" }

  /// The one place where a worker may write.
  ///
  /// - Parameter folder: a slot's own.
  static func scratch(in folder: String) -> String { folder + "/scratch" }

  static func createFolders(in folder: String) throws {
    for path in [attempts(in: folder), scratch(in: folder)] {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }
  }

  /// The warm worker, if it has served nobody else; otherwise a fresh one.
  private func warmWorker(for tenant: WorkerTenant) async throws -> WarmWorker {
    if let worker, worker.tenant == tenant { return worker }
    let ready = spare
    spare = nil
    await close()
    try Self.createFolders(in: folder)
    let started: WarmWorker
    if let ready, !ready.hasEnded {
      started = ready
    } else {
      started = try await WarmWorker(program: program, scratch: scratch, logger: logger)
    }
    started.tenant = tenant
    worker = started
    roster.started(number, process: started.pid)
    EngineMeter.workerStarted()
    return started
  }

  /// The worker does so after each unit; what one leaves that was killed, or that would keep something, goes here.
  private func emptyScratch() {
    guard !isEmpty(scratch) else { return }
    let manager = FileManager.default
    // A folder that cannot be listed was never made: nothing to empty.
    for name in (try? manager.contentsOfDirectory(atPath: scratch)) ?? [] {
      do { try manager.removeItem(atPath: scratch + "/" + name) } catch {
        logger.warning("a worker's scratch folder could not be emptied", metadata: ["error": "\(error)"])
      }
    }
  }

  /// Whether a folder holds nothing, or is none; asked after each unit, so without making a list.
  private func isEmpty(_ path: String) -> Bool {
    guard let folder = opendir(path) else { return true }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = entry.pointee.d_name
      let isSelfOrParent = name.0 == 0x2E && (name.1 == 0 || (name.1 == 0x2E && name.2 == 0))
      if !isSelfOrParent { return false }
    }
    return true
  }

  private func retireIfWorn(_ worker: WarmWorker, after outcome: UnitOutcome) async {
    worker.unitCount += 1
    let memory = ResidentMemory.of(worker.pid) ?? 0
    let isTooLarge = memory > limits.recycleBytes
    switch outcome.ending {
    case .finished, .failed:
      guard isTooLarge || worker.unitCount >= limits.unitsPerWorker || worker.hasEnded else {
        return EngineMeter.workerHolds(memory, slot: number)
      }
    case .died, .stopped: break  // Never used again after a fault.
    }
    self.worker = nil
    roster.isGone(number)
    EngineMeter.workerIsGone(slot: number, EngineMeter.reason(outcome, isTooLarge: isTooLarge))
    await worker.retire()
  }
}
