import EventLoop
import Glibc
import Testing

/// An actor whose isolation is a loop's thread.
private actor Resident {
  nonisolated let loop: EventLoop
  private(set) var visits = 0

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  init(loop: EventLoop) {
    self.loop = loop
  }

  func visit() -> Bool {
    visits += 1
    return loop.isCurrent
  }

  nonisolated func visitHere() { assumeIsolated { _ = $0.visit() } }
}

@Suite(.timeLimit(.minutes(10)))
struct EventLoopTests {
  @Test("an actor that names a loop as its executor runs on its thread, and may be entered from there without a hop")
  func isolationIsBeingOnTheLoop() async throws {
    try await withLoop { loop in
      let resident = Resident(loop: loop)
      #expect(await resident.visit())
      try await loop.run { resident.visitHere() }
      #expect(await resident.visits == 2)
      #expect(!loop.isCurrent)
      #expect(loop.isIsolatingCurrentContext() == false)
      #expect(try await loop.run { loop.isIsolatingCurrentContext() } == true)
    }
  }

  @Test("a task that prefers the loop runs its nonisolated code there, also after waiting for another thread")
  func tasksPreferTheLoop() async throws {
    try await withLoop { loop in
      let pool = BlockingPool(threads: 1)
      let places = await Task(executorPreference: loop) {
        let before = loop.isCurrent
        let between = try? await pool.run { loop.isCurrent }
        return [before, between, loop.isCurrent]
      }.value
      #expect(places == [true, false, true])
    }
  }

  @Test("actions and jobs from many threads all run, each once")
  func manyThreads() async throws {
    try await withLoop { loop in
      let resident = Resident(loop: loop)
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<50 {
          group.addTask { for _ in 0..<200 { _ = await resident.visit() } }
        }
      }
      #expect(await resident.visits == 10_000)
    }
  }

  @Test("an activity that takes too long is reported with its label, at both limits")
  func lagIsReported() async throws {
    let clock = ManualClock()
    let log = Log()
    var configuration = EventLoopConfiguration()
    configuration.clock = clock
    configuration.onLag = { log.add("\($0.level) \($0.duration) \($0.running)") }
    try await withLoop(configuration) { loop in
      for lasts in [49, 50, 99, 100] {
        try await loop.run {
          loop.describeActivity("GET /jobs")
          clock.advance(by: .milliseconds(lasts))
        }
      }
      try await loop.settle()
      #expect(
        log.all == [
          "warning 0.05 seconds action: GET /jobs", "warning 0.099 seconds action: GET /jobs",
          "critical 0.1 seconds action: GET /jobs",
        ])
      #expect(loop.metrics.slowActivities.value == 3)
    }
  }

  @Test("the heartbeat's lateness is the lag")
  func heartbeatMeasuresLag() async throws {
    let clock = ManualClock()
    var configuration = EventLoopConfiguration()
    configuration.clock = clock
    try await withLoop(configuration) { loop in
      try await loop.settle()
      clock.advance(by: .milliseconds(130))
      try await loop.settle()
      let lag = loop.metrics.lag.snapshot()
      #expect(lag.count == 1)
      #expect(lag.maximum == .milliseconds(30))
    }
  }
}
