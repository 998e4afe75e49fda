import Checkpoints
import Engine
import Foundation
import Ledger
import StageKit

/// Owns the data folder for one command: runs its jobs, shows how they come on, delivers their results.
@MainActor
final class WorkSession {
  let engine: JobEngine
  let console: Console
  private let delivery: ResultDelivery
  /// What to add to commands that are suggested, so that they mean the same folder.
  private let repeated: String
  private var model: ProgressModel
  private var sequence = EventSequence()
  private var items: [JobID: WorkItem] = [:]
  private var closed: Set<JobID> = []
  private var plans: [JobID: [StageID: Int]] = [:]
  private var status = CommandOutcome.done
  private(set) var interruption: CommandOutcome?
  private var deliveries: Task<Void, Never>?
  private let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  private var notAdmitted: Int

  /// - Parameter expected: documents and jobs that the command was given.
  init(
    _ engine: JobEngine, _ console: Console, target: ResultTarget, inputs: [DocumentArgument] = [], expected: Int,
    repeated: String
  ) {
    self.engine = engine
    self.console = console
    self.repeated = repeated
    delivery = ResultDelivery(
      target: target, store: ObjectFolder(engine.folder), inputs: inputs.compactMap(\.identity))
    model = ProgressModel(expected: expected, at: Moment.steady())
    notAdmitted = expected
  }

  /// Opens the data folder, does the work and gives the folder back.
  ///
  /// - Parameters:
  ///   - prepare: what is to be worked on; what it throws ends the command.
  ///   - subject: what messages call it.
  ///   - admit: makes it a job that runs, and calls `watch`; what it throws leaves the others alone.
  static func run<Element: Sendable>(
    _ program: String, data: DataOption, work: WorkOptions, target: ResultTarget, inputs: [DocumentArgument] = [],
    prepare: (JobEngine) async throws -> [Element], subject: @escaping (Element) -> String,
    admit: @escaping @MainActor (WorkSession, Element) async throws -> Void
  ) async throws -> CommandOutcome {
    let console = Console(work)
    do {
      var configuration = EngineConfiguration(
        workers: try work.workerCount(), program: program, logger: EngineLog.logger())
      work.confinement.apply(to: &configuration)
      configuration.compression =
        if let compression = work.compression { compression } else { try await ConfiguredStorage.compression() }
      configuration.models = try await ConfiguredModels.endpoint()
      configuration.whenUnconfined = { report in
        StandardStream.error.write(
          "sheaf: workers are not fully confined: this kernel lacks \(report.missing.joined(separator: ", "))\n")
      }
      let engine = try await JobEngine.open(try data.folder, configuration)
      // Of a hundred thousand documents most wait as a few words each.
      await engine.limitLiveJobs(to: max(Self.leastLive, Self.livePerWorker * configuration.workers))
      let status: CommandOutcome
      do {
        let elements = try await prepare(engine)
        let session = WorkSession(
          engine, console, target: target, inputs: inputs, expected: elements.count, repeated: data.repeated)
        status = try await session.work { session in
          for element in elements where session.interruption == nil {
            do { try await admit(session, element) } catch { session.refuse(error, subject: subject(element)) }
          }
        }
      } catch {
        // The first failure is the one to tell.
        try? await engine.close()
        throw error
      }
      try await engine.close()
      console.record(JSONLine.end(status))
      return status
    } catch {
      let report = FailureReport(error)
      console.record(JSONLine.error(report, job: nil))
      console.record(JSONLine.end(report.status))
      throw error
    }
  }

  private func work(_ admit: @escaping @MainActor (WorkSession) async -> Void) async throws -> CommandOutcome {
    let interruption = Interruption { [weak self] in self?.interrupt($0) }
    let events = engine.events()
    let watching = Task { for await event in events { await take(event) } }
    let drawing = Task { await drawUntilCancelled() }
    defer {
      watching.cancel()
      drawing.cancel()
      console.erase()
    }
    // Not in a group: where standard input gives nothing, a Ctrl-C must not wait for it.
    let admission = Task {
      defer { arrival.finish() }
      await admit(self)
    }
    for await _ in arrivals where self.interruption == nil { try await engine.run() }
    if self.interruption == nil { await admission.value }
    try await closeAll()
    await deliveries?.value
    withExtendedLifetime(interruption) {}
    if let stopped = self.interruption { tellStop(stopped) }
    return CommandOutcome.worst(status, self.interruption ?? .done)
  }

  // MARK: Admission

  /// Watches a job from just after an event.
  func watch(_ record: JobRecord, _ item: WorkItem, since: Int64) async throws {
    items[item.job] = item
    notAdmitted -= 1
    console.record(JSONLine.admitted(record, input: item.input))
    var progress = JobProgress(
      job: item.job, name: item.name.text, state: record.manifest.state,
      units: since > 0 ? try await engine.ledger.units(of: item.job) : [])
    if let plan = plans.removeValue(forKey: item.job) { progress.plan(plan) }
    model.admit(progress)
    sequence.watch(item.job, since: since)
    try await catchUp(item.job)
    arrival.yield()
  }

  private func refuse(_ error: any Error, subject: String) {
    notAdmitted -= 1
    model.refuse()
    report(FailureReport(error, subject: subject), job: nil)
  }

  /// Says before any work is done whether a result would take an input's place.
  func refuseInputs(_ formats: [ExportFormat], as name: OutputName) throws {
    try delivery.refuseInputs(formats, as: name)
  }

  // MARK: Events

  private func take(_ event: EngineEvent) async {
    switch event {
    case .transition(let transition):
      switch sequence.take(transition) {
      case .next: apply(event)
      case .stale: break
      // If the ledger cannot be read now, the next event or the end tries again.
      case .missing: try? await catchUp(transition.job)
      }
    case .planned(let job, let units):
      if sequence.isWatched(job) { apply(event) } else { plans[job] = units }
    case .tick(let job, _, _):
      if sequence.isWatched(job) { apply(event) }
    case .removed: break
    }
  }

  /// Reads from the ledger what the stream did not bring.
  private func catchUp(_ job: JobID) async throws {
    while let since = sequence.told(job) {
      let events = try await engine.ledger.events(of: job, since: since, limit: Self.batch)
      for event in events where sequence.take(event) == .next { apply(.transition(event)) }
      if events.count < Self.batch { return }
    }
  }

  private static let batch = 500  // events: a read of a millisecond or two

  private func apply(_ event: EngineEvent) {
    let now = Moment.steady()
    model.apply(event, at: now)
    console.show(event, model, at: now)
    guard case .transition(let transition) = event else { return }
    switch transition.kind {
    case .strangeFile:
      if let failure = transition.failure { report(FailureReport(failure, subject: subject(transition.job)), job: nil) }
    case .pinConflict:
      if transition.state == "conflict", let unit = transition.unit {
        console.say(
          JobClosing.conflict(unit, of: transition.job, subject(transition.job), at: .folder(repeated: repeated)))
      }
    case .jobState:
      if model.jobs[transition.job]?.isAtRest == true {
        close(transition.job)
      } else {
        closed.remove(transition.job)
      }
    default: break
    }
  }

  private func drawUntilCancelled() async {
    guard console.isLive else { return }
    while !Task.isCancelled {
      console.draw(model, at: Moment.steady())
      // Only cancellation ends the sleep early, and the loop sees to that.
      try? await Task.sleep(for: .milliseconds(100))
    }
  }

  // MARK: Ends

  private func closeAll() async throws {
    for job in model.order {
      try await catchUp(job)
      if let record = try await engine.ledger.job(job) { model.conclude(record, at: Moment.steady()) }
    }
    for job in model.order where model.jobs[job]?.isAtRest == true { close(job) }
  }

  /// Tells how a job ended, and delivers what it made.
  private func close(_ job: JobID) {
    guard let progress = model.jobs[job], let item = items[job], closed.insert(job).inserted else { return }
    let isComplete = progress.state == .completed || progress.state == .completedWithErrors
    if let failure = progress.failure, progress.state != .completed {
      report(FailureReport(failure, subject: subject(job)), job: job, counts: !isComplete)
    } else {
      console.tell(JobClosing.line(progress, at: Moment.steady(), style: console.style))
    }
    status = .worst(status, isComplete ? (progress.state == .completed ? .done : .pageErrors) : .failed)
    if progress.state == .paused { console.say(JobClosing.advice(progress, at: .folder(repeated: repeated))) }
    let previous = deliveries
    deliveries = Task {
      await previous?.value
      // The failure of a failed job is told already; what else is missing of it stands in `status`.
      guard isComplete else { return }
      if !progress.givenUp.isEmpty { await tellMissing(progress) }
      await deliver(item)
    }
  }

  private func tellMissing(_ job: JobProgress) async {
    // What cannot be read now is still in `status`.
    guard let units = try? await engine.ledger.units(of: job.job) else { return }
    let lines = MissingParts(units).lines
    for line in JobClosing.missing(lines, of: job, at: .folder(repeated: repeated)) { console.say(line) }
  }

  private func deliver(_ item: WorkItem) async {
    guard item.isDelivered else {
      console.say("sheaf: \(item.name): another job of this command has this name; \(advice(item))")
      return
    }
    do {
      for delivered in try await Self.deliver(item, delivery, engine.ledger) {
        for path in delivered.paths {
          console.record(JSONLine.result(item.job, delivered.format, path: path))
          if !console.printsJSON, delivery.target != .standardOutput { console.print(path) }
        }
      }
    } catch {
      report(FailureReport(error, subject: item.name.text), job: item.job)
      console.say("sheaf: \(item.name): the results are kept; \(advice(item))")
    }
  }

  private func advice(_ item: WorkItem) -> String {
    "get them with: sheaf export \(item.job)\(repeated) --out DIR"
  }

  /// Off the main actor: copying and forcing to the disk take their time.
  @concurrent
  private static func deliver(
    _ item: WorkItem, _ delivery: ResultDelivery, _ ledger: any LedgerReader
  ) async throws -> [ResultDelivery.Delivered] {
    let results = try await ExportedResult.all(of: item.job, formats: item.formats, in: ledger, delivery.store)
    return try results.map { try delivery.deliver($0, as: item.name, input: item.input, source: item.source) }
  }

  private func interrupt(_ status: CommandOutcome) {
    interruption = status
    arrival.finish()
    console.say("sheaf: stopping; once more to end at once")
    Task { await engine.stop() }
  }

  private func tellStop(_ status: CommandOutcome) {
    let open = model.order.filter { model.jobs[$0]?.isAtRest == false }
    if !open.isEmpty {
      let jobs = open.count <= Self.mostNamed ? open.map(\.text).joined(separator: " ") : "--all"
      console.say("sheaf: stopped; nothing is lost. Go on with: sheaf resume \(jobs)\(repeated)")
    }
    if notAdmitted > 0 { console.say("sheaf: \(Measure.count(notAdmitted, "document")) not begun") }
  }

  private static let mostNamed = 5  // ids that fit on a line
  /// Jobs worked on at once: as many as keep workers busy while others of them wait for the disk.
  private static let (leastLive, livePerWorker) = (8, 8)

  private func subject(_ job: JobID) -> String? { items[job].map { $0.input ?? $0.name.text } }

  private func report(_ report: FailureReport, job: JobID?, counts: Bool = true) {
    if counts { status = .worst(status, report.status) }
    console.record(JSONLine.error(report, job: job))
    console.say(report.line)
  }
}
