import Engine
import Logging
import ServiceLifecycle
import UnixSignals

/// Reads the configuration again at every SIGHUP, and puts those settings in place that may change while the server runs.
struct ReloadService: Service {
  let context: ServiceContext
  let source: ConfigurationSource

  func run() async throws {
    let signals = await UnixSignalsSequence(trapping: .sighup)
    for await _ in signals.cancelOnGracefulShutdown() { await reload() }
  }

  func reload() async {
    do {
      let old = context.configuration.current
      let new = old.reloaded(with: try await source.load())
      context.configuration.current = new
      context.logLevel.apply(new[Settings.logLevel])
      // Before the engine is open it takes its settings from the configuration itself.
      if let engine = try? context.engine {
        await engine.limitLiveJobs(to: new[Settings.liveJobs])
        await engine.limitWorkers(least: new[Settings.leastWorkers], most: new[Settings.mostWorkers])
      }
      context.logger.notice("the configuration was read again")
    } catch {
      // What runs goes on as it was: an operator's slip of the pen is no reason to stop.
      context.logger.error("the configuration was not taken", metadata: ["error": "\(error)"])
    }
  }
}
