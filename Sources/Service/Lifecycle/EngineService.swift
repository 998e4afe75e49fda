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
      try await loadKeys(engine)
      context.open(engine)
      // Cancelled when another part of the server failed: then running units are let go just the same.
      try await withTaskCancellationOrGracefulShutdownHandler {
        try await engine.run()
      } onCancelOrGracefulShutdown: {
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
  /// Before anybody is told that the server is ready: who comes then is let in or turned away.
  private func loadKeys(_ engine: JobEngine) async throws {
    try await context.keys.load(from: engine.accounts)
    guard context.keys.isEmpty, AccessConfiguration(context.configuration.current).isRequired else { return }
    context.logger.warning(
      "keys are asked for, and there are none: nobody can use the server",
      metadata: ["hint": "sheaf keys add NAME --data \(folder.path)"])
  }
}
