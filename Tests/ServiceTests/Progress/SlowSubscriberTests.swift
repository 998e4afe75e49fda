import CanonicalJSON
import Checkpoints
import Engine
import EventLoop
import HTTPServer
import StageKit
import Testing

@testable import Service

/// Subscribers that read slowly or not at all.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct SlowSubscriberTests {
  @Test("half of the subscribers never read: the others get every transition in order, and those are closed")
  func halfNeverRead() async throws {
    try await ProgressBench.run {
      $0.outbox = OutboxLimits(frames: 200, bytes: 1 << 20)
    } server: {
      $0.sendBuffer = 8 << 10
      $0.outboxFull = .milliseconds(500)
    } _: { bench in
      let count = 25
      let heard = (0..<count).map { _ in Counter() }
      let pages = 1_500
      let job = try await bench.job(pages: pages)
      var stalled: [ProgressClient] = []
      for _ in 0..<count {
        let client = try await bench.client()
        try await client.subscribe(job)
        stalled.append(client)
      }
      try await withThrowingTaskGroup(of: [Int].self) { group in
        for reader in heard {
          group.addTask {
            let client = try await bench.client()
            try await client.subscribe(job, since: [job: 0])
            return try await client.messages {
              reader.add()
              return $0["seq"]?.int == 2 * pages + 1
            }.numbers(of: job)
          }
        }
        try await eventually { bench.hub.metrics.subscribers.value == 2 * count }
        for page in stride(from: 1, through: pages, by: 10) {
          // Readers that share a busy machine with this test are not to be overrun; the others are slow all the same.
          try await eventually { heard.allSatisfy { $0.value > 2 * page - 100 } }
          try await bench.happen(ProgressBench.pages(page...(page + 9), of: job))
        }
        for try await numbers in group { #expect(numbers == Array(1...(2 * pages + 1))) }
      }
      try await eventually { bench.hub.metrics.subscribers.value == 0 }
      #expect(bench.server.metrics.slowClients.value == count)
      #expect(bench.hub.metrics.resyncs.value >= count)
      #expect(stalled.count == count)
    }
  }

  @Test("one that was too slow is told to begin anew, gets a snapshot, and misses nothing after it")
  func resync() async throws {
    try await ProgressBench.run {
      $0.outbox = OutboxLimits(frames: 32, bytes: 64 << 10)
    } server: {
      $0.sendBuffer = 8 << 10
      $0.outboxFull = .seconds(600)
    } _: { bench in
      let pages = 5_000
      let job = try await bench.job(pages: pages + 10)
      let client = try await bench.client()
      try await client.subscribe(job)
      for page in stride(from: 1, through: pages, by: 50) {
        try await bench.happen(ProgressBench.pages(page...(page + 49), of: job))
      }
      try await eventually { bench.hub.metrics.resyncs.value > 0 }
      var follower = ProgressFollower()
      while follower.known[job] != 2 * pages + 1 { try follower.take(try await client.next()) }
      #expect(follower.resyncs > 0)
      try await bench.happen(ProgressBench.pages((pages + 1)...(pages + 10), of: job))
      let after = try await client.messages(untilSeq: Int64(2 * (pages + 10) + 1), of: job)
      #expect(after.numbers(of: job) == Array((2 * pages + 2)...(2 * (pages + 10) + 1)))
    }
  }

  @Test("catching up on thousands of transitions never puts more than a batch into the queue")
  func boundedReplay() async throws {
    try await ProgressBench.run {
      $0.batch = 8
    } server: {
      $0.sendBuffer = 8 << 10
    } _: { bench in
      let job = try await bench.job(pages: 5_000)
      try await bench.happen(ProgressBench.pages(1...5_000, of: job), told: false)
      let stalled = try await bench.client()
      try await stalled.subscribe(job, since: [job: 0])
      let client = try await bench.client()
      try await client.subscribe(job, since: [job: 0])
      let heard = try await client.messages(untilSeq: 10_001, of: job)
      #expect(heard.numbers(of: job) == Array(1...10_001))
      #expect(bench.hub.metrics.resyncs.value == 0)
      let waiting = await bench.hub.mostWaiting
      #expect(waiting <= 8 + 1)
    }
  }
}

extension ProgressHub {
  /// Frames that wait for the subscriber that has most of them.
  fileprivate var mostWaiting: Int {
    subscribers.values.compactMap { ($0.sink as? WebSocketSink)?.socket.outbox.count }.max() ?? 0
  }
}
