import CanonicalJSON
import Checkpoints
import Engine
import Foundation
import HTTPServer
import Ledger
import StageKit

/// Watches jobs of a server for one command: shows how they come on, and fetches their results.
@MainActor
final class RemoteSession {
  /// A job that is watched.
  struct Item: Sendable {
    let job: JobID
    let name: OutputName
    /// The document's path, where this command was given it.
    var input: String?
    /// The exports to fetch; nil for all that the job has.
    var formats: [ExportFormat]?
    /// The newest transition from before this command; nil to begin with where the job stands.
    var since: Int64?
  }

  let link: ServerLink
  let console: Console
  private let delivery: RemoteDelivery?
  private var model: ProgressModel
  private var items: [JobID: Item] = [:]
  private var closed: Set<JobID> = []
  private var status = CommandOutcome.done
  private(set) var interruption: CommandOutcome?
  private var watching: Task<Void, any Error>?
  private var isFetching = false
  private var hasToldWait = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// - Parameter delivery: nil where results are not fetched.
  init(_ link: ServerLink, _ console: Console, delivery: RemoteDelivery?, expected: Int) {
    self.link = link
    self.console = console
    self.delivery = delivery
    model = ProgressModel(expected: expected, at: Moment.steady())
  }

  /// Does the work of a command, and says how it ended.
  ///
  /// - Parameter admit: makes jobs, and tells which to watch; what it throws ends the command.
  func work(_ admit: @escaping @MainActor (RemoteSession) async throws -> [Item]) async throws -> CommandOutcome {
    let interruption = Interruption { [weak self] in self?.interrupt($0) }
    let drawing = Task { await drawUntilCancelled() }
    defer {
      drawing.cancel()
      console.erase()
      withExtendedLifetime(interruption) {}
    }
    do {
      let task = Task {
        for item in try await admit(self) { watch(item) }
        try Task.checkCancellation()
        try await follow()
      }
      watching = task
      try await task.value
    } catch is CancellationError where self.interruption != nil {
      tellStop()
    } catch {
      let report = FailureReport(error)
      console.record(JSONLine.error(report, job: nil))
      console.record(JSONLine.end(report.status))
      throw error
    }
    let outcome = CommandOutcome.worst(status, self.interruption ?? .done)
    console.record(JSONLine.end(outcome))
    return outcome
  }

  /// The server has no room yet. Said once: a display that stands still for long says too little, a line for each
  /// document too much.
  func tellWait(_ refusal: ServerRefusal) {
    guard !hasToldWait else { return }
    hasToldWait = true
    console.say(TerminalText.plain("sheaf: \(refusal.failure.message) Waiting until the server takes more."))
  }

  private func watch(_ item: Item) {
    items[item.job] = item
    console.record(
      .object(
        ["type": "admitted", "job": .string(item.job.text), "name": .string(item.name.text)]
          .merging(item.input.map { ["input": .string($0)] } ?? [:]) { $1 }))
    model.admit(JobProgress(job: item.job, name: item.name.text))
  }

  /// An input became no job.
  func refuse(_ error: any Error, subject: String) {
    model.refuse()
    report(FailureReport(error, subject: subject), job: nil)
  }

  // MARK: Events

  private func follow() async throws {
    let open = model.order
    guard !open.isEmpty else { return }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, start) in stride(from: 0, to: open.count, by: RemoteFeed.mostJobs).enumerated() {
        // Those that come later begin with where their jobs stand by then.
        if number >= Self.mostFeeds { try await group.next() }
        let part = Array(open[start..<min(start + RemoteFeed.mostJobs, open.count)])
        group.addTask { try await self.follow(part) }
      }
      try await group.waitForAll()
    }
  }

  /// Connections at once.
  private static let mostFeeds = 32

  private func follow(_ jobs: [JobID]) async throws {
    var since: [JobID: Int64] = [:]
    for job in jobs { since[job] = items[job]?.since }
    let feed = RemoteFeed(link, jobs: jobs, since: since)
    while !closed.isSuperset(of: jobs) { try await take(feed.next()) }
  }

  private func take(_ message: RemoteMessage) async throws {
    switch message {
    case .event(let event): try await apply(event)
    case .snapshot(let value): try await show(value)
    case .removed(let job):
      closed.insert(job)
      report(FailureReport(StageFailure.noJob(job.text)), job: job)
    case .failed(let failure): throw failure
    case .resync: break
    }
  }

  private func apply(_ event: EngineEvent) async throws {
    let now = Moment.steady()
    model.apply(event, at: now)
    console.show(event, model, at: now)
    guard case .transition(let transition) = event else { return }
    switch transition.kind {
    case .strangeFile:
      if let failure = transition.failure { report(FailureReport(failure, subject: subject(transition.job)), job: nil) }
    case .pinConflict:
      if transition.state == "conflict", let unit = transition.unit {
        console.say(JobClosing.conflict(unit, of: transition.job, subject(transition.job), at: link.place))
      }
    case .jobState: try await closeIfAtRest(transition.job)
    default: break
    }
  }

  private func subject(_ job: JobID) -> String? { items[job].map { $0.input ?? $0.name.text } }

  private func show(_ value: JSONValue) async throws {
    guard let job = value["id"]?.string.flatMap({ JobID($0) }), let item = items[job] else { return }
    model.admit(JobProgress(snapshot: value, job: job, name: item.name.text, at: Moment.steady()))
    try await closeIfAtRest(job)
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

  private func closeIfAtRest(_ job: JobID) async throws {
    guard let progress = model.jobs[job], let item = items[job], progress.isAtRest else { return }
    guard closed.insert(job).inserted else { return }
    let isComplete = progress.state == .completed || progress.state == .completedWithErrors
    if let failure = progress.failure, progress.state != .completed {
      report(FailureReport(failure, subject: item.input ?? item.name.text), job: job, counts: !isComplete)
    } else {
      console.tell(JobClosing.line(progress, at: Moment.steady(), style: console.style))
    }
    status = .worst(status, isComplete ? (progress.state == .completed ? .done : .pageErrors) : .failed)
    if progress.state == .paused { console.say(JobClosing.advice(progress, at: link.place)) }
    if isComplete, !progress.givenUp.isEmpty || progress.state == .completedWithErrors { await tellMissing(progress) }
    guard isComplete, let delivery else { return }
    do {
      try await oneByOne {
        for delivered in try await delivery.fetch(item, from: link) {
          for path in delivered.paths {
            console.record(JSONLine.result(job, delivered.format, path: path))
            if !console.printsJSON, delivery.target != .standardOutput { console.print(path) }
          }
        }
      }
    } catch let error as CancellationError {
      throw error
    } catch {
      report(FailureReport(error, subject: item.name.text), job: job)
    }
  }

  /// Lets one job's results be fetched at a time, whichever feed told of its end: they may all go to one output, and a
  /// key has its limits.
  private func oneByOne(_ body: () async throws -> Void) async rethrows {
    while isFetching { await withCheckedContinuation { waiting.append($0) } }
    isFetching = true
    defer {
      isFetching = false
      if !waiting.isEmpty { waiting.removeFirst().resume() }
    }
    try await body()
  }

  private func tellMissing(_ job: JobProgress) async {
    // What cannot be read now is still in `status`.
    guard let told = try? await link.ask(.get, "/api/v1/jobs/\(job.job)") else { return }
    let lines = MissingParts((told["errors"]?.array ?? []).compactMap(RemoteMessage.lost)).lines
    for line in JobClosing.missing(lines, of: job, at: link.place) { console.say(line) }
  }

  private func interrupt(_ status: CommandOutcome) {
    interruption = status
    watching?.cancel()
  }

  private func tellStop() {
    for job in model.order.filter({ !closed.contains($0) }).prefix(Self.mostNamed) {
      console.say("sheaf: the server goes on with it. Watch: \(link.place.follow(job))")
    }
  }

  private static let mostNamed = 5  // lines

  private func report(_ report: FailureReport, job: JobID?, counts: Bool = true) {
    if counts { status = .worst(status, report.status) }
    console.record(JSONLine.error(report, job: job))
    console.say(report.line)
  }
}
