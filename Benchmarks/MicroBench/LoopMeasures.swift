import EventLoop

/// What the server's loop takes for what it does most.
enum LoopMeasures {
  private static let count = 1_000

  static func all() throws -> [Measure] {
    let loop = try EventLoop.start(EventLoopConfiguration())
    return [
      Measure(name: "loop: there and back") {
        await withCheckedContinuation { continuation in loop.execute { continuation.resume() } }
      },
      Measure(name: "loop: 1,000 actions", operations: count) {
        await withCheckedContinuation { continuation in
          for _ in 1..<count { loop.execute {} }
          loop.execute { continuation.resume() }
        }
      },
      Measure(name: "loop: 1,000 timers set and cancelled", operations: count) {
        await withCheckedContinuation { continuation in
          loop.execute {
            let timers = (0..<count).map { loop.schedule(after: .seconds($0 % 60 + 1)) {} }
            for timer in timers { loop.cancel(timer) }
            continuation.resume()
          }
        }
      },
    ]
  }
}
