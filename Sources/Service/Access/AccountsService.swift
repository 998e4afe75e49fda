import Engine
import Ledger
import Logging
import ServiceLifecycle

/// Clears away answers that nobody can ask for any more.
struct AccountsService: Service {
  let context: ServiceContext

  func run() async throws {
    do {
      try await cancelWhenGracefulShutdown {
        let engine = try await context.openedEngine()
        try await sweep(engine)
      }
    } catch is CancellationError {
      // The server stops.
    }
  }

  private func sweep(_ engine: JobEngine) async throws {
    while true {
      try await Task.sleep(for: Self.sweepInterval)
      do {
        try await engine.accounts.removeExpiredAnswers()
      } catch {
        context.logger.warning("expired answers could not be removed", metadata: ["error": "\(error)"])
      }
    }
  }

  /// A row more costs little.
  private static let sweepInterval = Duration.seconds(3600)
}
