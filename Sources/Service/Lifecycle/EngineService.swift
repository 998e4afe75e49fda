import Checkpoints
import Engine
import Logging
import ServiceLifecycle

/// Opens the data folder, works on its jobs as long as the server runs, and gives it back.
struct EngineService: Service {
  let context: ServiceContext
  let folder: DataFolder
  let configuration: EngineConfiguration

  func run() async throws {
    let engine = try await JobEngine.open(folder, configuration)
    do {
      await engine.limitLiveJobs(to: context.configuration[Settings.liveJobs])
      try await engine.recover()
      context.open(engine)
      context.readiness.phase = .ready
      context.logger.info("ready", metadata: ["data": "\(folder.path)"])
      try await withGracefulShutdownHandler {
        try await engine.run()
      } onGracefulShutdown: {
        context.readiness.phase = .stopping
        Task { await engine.stop() }
      }
    } catch {
      // The first failure is the one to tell.
      try? await engine.close()
      throw error
    }
    try await engine.close()
  }
}
