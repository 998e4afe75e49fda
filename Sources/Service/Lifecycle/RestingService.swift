import ServiceLifecycle

/// Gives memory back whenever the server has had nothing to do for a while.
struct RestingService: Service {
  /// How long a look back is.
  private static let interval = Duration.seconds(5)
  /// Processor seconds of an interval in which nothing is done: timers and heartbeats take less.
  private static let idle = 0.05

  func run() async throws {
    do {
      try await cancelWhenGracefulShutdown { try await watch() }
    } catch is CancellationError {
      // The server stops.
    }
  }

  private func watch() async throws {
    var isResting = false
    var used = ProcessFigures.now().cpuSeconds
    while true {
      try await Task.sleep(for: Self.interval)
      let now = ProcessFigures.now().cpuSeconds
      if now - used > Self.idle {
        isResting = false
      } else if !isResting {
        RestingMemory.release()
        isResting = true
      }
      used = ProcessFigures.now().cpuSeconds
    }
  }
}
