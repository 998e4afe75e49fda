import Checkpoints
import Engine
import Ledger
import Logging
import ServiceLifecycle

/// Keeps the index as the jobs are: takes them in as they end, and looks at all of them from time to time.
struct SearchService: Service {
  let context: ServiceContext
  let desk: SearchDesk

  /// Between two looks at all jobs: for what an event that was lost would have told.
  private static let interval = Duration.seconds(600)
  /// Before another try where the index could not be written.
  private static let patience = Duration.seconds(30)

  func run() async throws {
    try await cancelWhenGracefulShutdown {
      do { try await work() } catch is CancellationError {
        // The server stops; the next one looks at all jobs.
      }
    }
  }

  private func work() async throws {
    let engine = try await context.openedEngine()
    // Before the first look, so that nothing ends between it and the first event.
    let events = engine.events()
    desk.addAll()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await listen(events) }
      group.addTask {
        while true {
          try await Task.sleep(for: Self.interval)
          desk.addAll()
        }
      }
      group.addTask { try await update(engine) }
      try await group.waitForAll()
    }
  }

  private func listen(_ events: AsyncStream<EngineEvent>) async {
    for await event in events {
      guard case .transition(let transition) = event, transition.kind == .jobState,
        let state = JobState(rawValue: transition.state), state.isFinished
      else { continue }
      desk.add(transition.job)
    }
  }

  private func update(_ engine: JobEngine) async throws {
    var isSwept = false
    while true {
      let jobs = await desk.next()
      try Task.checkCancellation()
      do {
        if !isSwept { try await context.offLoop { try await desk.index(in: engine.folder).sweep() } }
        isSwept = true
        try await context.offLoop { try await update(jobs, engine) }
      } catch let error where !(error is CancellationError) {
        context.logger.error("the search index could not be written", metadata: ["error": "\(error)"])
        try await Task.sleep(for: Self.patience)
        desk.addAll()
      }
    }
  }

  private func update(_ jobs: [JobID]?, _ engine: JobEngine) async throws {
    let index = try desk.index(in: engine.folder)
    let indexer = SearchIndexer(
      index, engine.ledger, in: engine.folder, failures: desk.failures, logger: context.logger)
    if let jobs {
      for job in jobs { _ = try await indexer.update(job) }
    } else {
      let count = try await indexer.catchUp()
      if count > 0 { context.logger.info("the search index was brought up to date", metadata: ["jobs": "\(count)"]) }
    }
  }
}
