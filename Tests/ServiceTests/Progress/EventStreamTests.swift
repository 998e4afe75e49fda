import CanonicalJSON
import EventLoop
import HTTPServer
import StageKit
import Testing

@testable import Service

/// Server-sent events: the same messages as over the WebSocket.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct EventStreamTests {
  @Test("a stream tells the very transitions of a WebSocket, with their numbers as ids")
  func equality() async throws {
    try await ProgressBench.run { bench in
      let job = try await bench.job(pages: 100)
      let socket = try await bench.client()
      try await socket.subscribe(job)
      _ = try await socket.snapshot()
      let stream = try await bench.events(of: job)
      #expect(stream.response.headers["Content-Type"]?.hasPrefix("text/event-stream") == true)
      let first = try await stream.next()
      #expect(first.name == "snapshot" && first.id == "1")
      let happening = Task {
        for page in 1...100 { try await bench.happen(ProgressBench.pages(page...page, of: job)) }
      }
      let heard = try await socket.messages(untilSeq: 201, of: job).filter { $0["seq"] != nil }
      var events: [EventStreamClient.Event] = []
      while events.last?.id != "201" {
        let event = try await stream.next()
        if event.name == "message" { events.append(event) }
      }
      try await happening.value
      #expect(events.map(\.id) == (2...201).map(String.init))
      #expect(try events.map(\.data) == heard.map { String(decoding: try $0.canonicalBytes, as: UTF8.self) })
    }
  }

  @Test("a client that comes back with Last-Event-ID goes on behind it, without a snapshot")
  func lastEventID() async throws {
    try await ProgressBench.run { bench in
      let job = try await bench.job(pages: 100)
      try await bench.happen(ProgressBench.pages(1...100, of: job))
      let stream = try await bench.events(of: job, lastEventID: 17)
      var ids: [String?] = []
      while ids.last != "201" { ids.append(try await stream.next().id) }
      #expect(ids == (18...201).map(String.init))
      let plan = try await stream.next()
      #expect(plan.name == "plan")
    }
  }

  @Test("a stream with nothing to tell is kept alive, and ends its subscription with its client")
  func keepsAlive() async throws {
    try await ProgressBench.run {
      $0.keepAlive = .milliseconds(10)
    } _: { bench in
      let job = try await bench.job(pages: 1)
      do {
        let stream = try await bench.events(of: job)
        _ = try await stream.next()
        #expect(bench.hub.metrics.subscribers.value == 1)
        let next = Task { try await Task.sleep(for: .milliseconds(200)) }
        _ = try await next.value
        try await bench.happen(ProgressBench.pages(1...1, of: job))
        _ = try await stream.next()
        #expect(stream.comments > 0)
      }
      try await eventually { bench.hub.metrics.subscribers.value == 0 }
    }
  }

  @Test("a reader that takes nothing holds a bounded queue, and begins anew once it reads")
  func slowReader() async throws {
    var limits = ProgressLimits()
    limits.outbox = OutboxLimits(frames: 4, bytes: 1000)
    limits.streamFull = .seconds(60)
    let queue = EventStreamQueue(limits)
    let message = ProgressMessage(.transition, ["seq": 1], seq: 1)
    for _ in 0..<4 { #expect(queue.offer(message, key: nil, pinned: true) == .queued) }
    #expect(queue.offer(message, key: nil, pinned: true) == .full)
    #expect(queue.offer(message, key: 7, pinned: false) == .full)
    queue.removeAll()
    #expect(queue.offer(.overflow, key: nil, pinned: true) == .queued)
    #expect(queue.offer(message, key: 7, pinned: false) == .queued)
    #expect(queue.offer(message, key: 7, pinned: false) == .replaced)
    let bytes = try await queue.next()
    #expect(bytes.map { String(decoding: $0, as: UTF8.self).split(separator: "\n\n").count } == 2)
    queue.close()
    #expect(try await queue.next() == nil)
    #expect(queue.offer(message, key: nil, pinned: true) == .closed)
  }
}
