import EventLoop
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct TimerTests {
  private func withManualLoop(_ body: (EventLoop, ManualClock) async throws -> Void) async throws {
    let clock = ManualClock()
    var configuration = EventLoopConfiguration()
    configuration.clock = clock
    try await withLoop(configuration) { try await body($0, clock) }
  }

  @Test("timers run in the order they are due, those of one time in the order they were made, and not before")
  func order() async throws {
    try await withManualLoop { loop, clock in
      let log = Log()
      try await loop.run {
        for (name, delay) in [("c", 30), ("a", 10), ("b", 20), ("b2", 20), ("d", 31)] {
          loop.schedule(after: .milliseconds(delay)) { log.add(name) }
        }
      }
      clock.advance(by: .milliseconds(9))
      try await loop.settle()
      #expect(log.all == [])
      clock.advance(by: .milliseconds(21))
      try await loop.settle()
      #expect(log.all == ["a", "b", "b2", "c"])
      clock.advance(by: .milliseconds(1))
      try await loop.settle()
      #expect(log.all == ["a", "b", "b2", "c", "d"])
    }
  }

  @Test("of thousands of timers exactly those run that were not cancelled", arguments: [1, 2, 3] as [UInt64])
  func cancelling(seed: UInt64) async throws {
    try await withManualLoop { loop, clock in
      let log = Log()
      let expected = try await loop.run {
        var random = SeededGenerator(seed)
        var timers: [(timer: LoopTimer, due: Int, index: Int)] = []
        for index in 0..<5000 {
          let due = Int.random(in: 0..<1000, using: &random)
          timers.append((loop.schedule(after: .milliseconds(due)) { log.add("\(index)") }, due, index))
        }
        timers.shuffle(using: &random)
        for timer in timers.prefix(4000) { loop.cancel(timer.timer) }
        return timers.dropFirst(4000).sorted { ($0.due, $0.index) < ($1.due, $1.index) }.map { "\($0.index)" }
      }
      clock.advance(by: .seconds(1))
      try await loop.settle()
      #expect(log.all == expected)
    }
  }

  @Test("sleeping ends with the clock, or at once when the task is cancelled")
  func sleeping() async throws {
    try await withManualLoop { loop, clock in
      let log = Log()
      let sleeper = Task {
        try await loop.sleep(for: .seconds(3600))
        log.add("awake")
      }
      let cancelled = Task { try await loop.sleep(for: .seconds(3600)) }
      cancelled.cancel()
      await #expect(throws: CancellationError.self) { try await cancelled.value }
      #expect(log.all == [])
      // The sleeper may begin at any time: the clock goes on until it is done.
      while log.all.isEmpty {
        clock.advance(by: .seconds(3600))
        try await loop.settle()
      }
      try await sleeper.value
    }
  }
}
