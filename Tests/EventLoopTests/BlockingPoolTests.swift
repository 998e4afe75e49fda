import Dispatch
import EventLoop
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(10)))
struct BlockingPoolTests {
  @Test("no more pieces of work run at once than there are threads, and all of them run")
  func bounded() async throws {
    let pool = BlockingPool(threads: 3)
    let running = Peak()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<200 {
        group.addTask {
          try await pool.run {
            running.enter()
            running.leave()
          }
        }
      }
      try await group.waitForAll()
    }
    #expect((1...3).contains(running.most))
    #expect(running.now == 0)
  }

  @Test("work beyond what may wait is refused, and what was admitted is done")
  func full() async throws {
    let pool = BlockingPool(threads: 1, waiting: 2)
    let gate = DispatchSemaphore(value: 0)
    let entered = AsyncStream<Void>.makeStream()
    let first = Task {
      try await pool.run {
        entered.continuation.yield()
        gate.wait()
      }
    }
    for await _ in entered.stream { break }
    let others = [Task { try await pool.run { 1 } }, Task { try await pool.run { 2 } }]
    while pool.waitingCount < 2 { await Task.yield() }
    await #expect(throws: LoopFailure(.poolFull, during: "hand work to the pool blocking")) {
      try await pool.run { 3 }
    }
    gate.signal()
    try await first.value
    #expect(try await others[0].value + others[1].value == 3)
  }

  @Test("a stopped pool finishes what waits and refuses the rest")
  func stopped() async throws {
    let pool = BlockingPool(threads: 2)
    #expect(try await pool.run { 7 } == 7)
    pool.stop()
    await #expect(throws: LoopFailure.self) { try await pool.run { 8 } }
  }

  @Test("what the work throws comes back")
  func errors() async throws {
    struct Broken: Error {}
    let pool = BlockingPool(threads: 1)
    await #expect(throws: Broken.self) { try await pool.run { throw Broken() } }
  }
}

/// How many are within at once, and were at most.
private final class Peak: Sendable {
  private let state = Mutex((now: 0, most: 0))

  var now: Int { state.withLock { $0.now } }
  var most: Int { state.withLock { $0.most } }

  func enter() {
    state.withLock {
      $0.now += 1
      $0.most = max($0.most, $0.now)
    }
  }

  func leave() { state.withLock { $0.now -= 1 } }
}
