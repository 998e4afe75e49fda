import EventLoop
@testable import HTTPServer
import TestSupport
import Testing

/// Behaviour 16: what an outbox admits, as a table of its own.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct OutboxTests {
  private func withOutbox(_ limits: OutboxLimits, _ body: (Outbox, ServerMetrics) throws -> Void) throws {
    let loop = try EventLoop.start()
    defer { loop.stop() }
    let metrics = ServerMetrics()
    // No descriptor has that number: what the outbox asks for attention for is nobody's.
    try body(
      Outbox(token: EventToken.none, limits: limits, loop: loop, metrics: metrics), metrics)
  }

  private func taken(_ outbox: Outbox, _ count: Int = 1000) -> [String] {
    var texts: [String] = []
    outbox.take(count) { texts.append(String(decoding: $0.frame.buffer.dropFirst(2), as: UTF8.self)) }
    return texts
  }

  @Test("frames come out in order; of one key only the newest, in the place of the oldest")
  func coalescing() throws {
    try withOutbox(OutboxLimits()) { outbox, metrics in
      #expect(outbox.offer(.text("a")) == .queued)
      #expect(outbox.offer(.text("p1"), key: 7) == .queued)
      #expect(outbox.offer(.text("b")) == .queued)
      #expect(outbox.offer(.text("p2 longer"), key: 7) == .replaced)
      #expect(outbox.offer(.text("q1"), key: 8) == .queued)
      #expect(taken(outbox) == ["a", "p2 longer", "b", "q1"])
      #expect(metrics.framesCoalesced.value == 1)
      #expect(outbox.byteCount == 0)
      // What has been taken is not replaced any more.
      #expect(outbox.offer(.text("p3"), key: 7) == .queued)
    }
  }

  @Test("pongs wait one behind the other up to a number, then the newest takes the place of the last")
  func pongs() throws {
    try withOutbox(OutboxLimits()) { outbox, _ in
      let most = Outbox.pongLimit
      outbox.offer(.text("a"))
      for index in 1...most { #expect(outbox.offerPong(.text("\(index)")) == .queued) }
      outbox.offer(.text("b"))
      #expect(outbox.offerPong(.text("more")) == .replaced)
      #expect(outbox.offerPong(.text("newest")) == .replaced)
      #expect(taken(outbox, 2) == ["a", "1"])
      // One has gone out, so that there is room for another.
      #expect(outbox.offerPong(.text("late")) == .queued)
      #expect(outbox.offerPong(.text("later")) == .replaced)
      #expect(taken(outbox) == (2..<most).map { "\($0)" } + ["newest", "b", "later"])
      #expect(outbox.offerPong(.text("x")) == .queued)
      outbox.removeAll()
      for _ in 1...most { #expect(outbox.offerPong(.text("y")) == .queued) }
    }
  }

  @Test("of pongs that find no room but the first lets go of another frame")
  func pongsWithoutRoom() throws {
    try withOutbox(OutboxLimits(frames: 3, bytes: 1000)) { outbox, metrics in
      outbox.offer(.text("a"))
      outbox.offer(.text("b"))
      outbox.offer(.text("c"))
      #expect(outbox.offerPong(.text("1")) == .dropped(1))
      #expect(outbox.offerPong(.text("2")) == .replaced)
      // It is let go of as any other.
      outbox.offer(.text("d"), pinned: true)
      outbox.offer(.text("e"), pinned: true)
      outbox.offer(.text("f"), pinned: true)
      #expect(outbox.offerPong(.text("3")) == .full)
      #expect(taken(outbox) == ["d", "e", "f"])
      for _ in 1...3 { #expect(outbox.offerPong(.text("4")) == .queued) }
      #expect(metrics.framesDropped.value == 4)
    }
  }

  @Test("a pinned frame is neither replaced nor let go of")
  func pinned() throws {
    try withOutbox(OutboxLimits(frames: 3, bytes: 1000)) { outbox, metrics in
      #expect(outbox.offer(.text("t1"), key: 1, pinned: true) == .queued)
      #expect(outbox.offer(.text("x"), key: 1) == .queued)
      #expect(outbox.offer(.text("y")) == .queued)
      #expect(outbox.offer(.text("t2"), pinned: true) == .dropped(1))
      #expect(outbox.offer(.text("t3"), pinned: true) == .dropped(1))
      #expect(outbox.offer(.text("t4"), pinned: true) == .full)
      #expect(outbox.offer(.text("z")) == .full)
      #expect(outbox.fullSince != nil)
      #expect(taken(outbox, 1) == ["t1"])
      #expect(outbox.fullSince == nil)
      #expect(taken(outbox) == ["t2", "t3"])
      #expect(metrics.framesDropped.value == 2)
    }
  }

  @Test("bytes are bounded like frames; one that is larger than all of it goes alone")
  func bytes() throws {
    try withOutbox(OutboxLimits(frames: 100, bytes: 100)) { outbox, _ in
      let thirty = String(repeating: "x", count: 28)
      for _ in 0..<3 { #expect(outbox.offer(.text(thirty)) == .queued) }
      #expect(outbox.byteCount == 90)
      #expect(outbox.offer(.text(thirty)) == .dropped(1))
      #expect(outbox.offer(.text(String(repeating: "y", count: 120))) == .dropped(3))
      #expect(outbox.count == 1)
    }
  }

  @Test("emptied by its owner, it is still full for a client that takes nothing")
  func emptiedWhileFull() throws {
    try withOutbox(OutboxLimits(frames: 1, bytes: 100)) { outbox, _ in
      outbox.offer(.text("a"), pinned: true)
      #expect(outbox.offer(.text("b"), pinned: true) == .full)
      outbox.removeAll()
      #expect(outbox.offer(.text("anew"), pinned: true) == .queued)
      #expect(outbox.fullSince != nil)
      #expect(taken(outbox) == ["anew"])
      #expect(outbox.fullSince == nil)
    }
  }

  @Test("whoever waits for it to be empty is called once, when the last frame is taken")
  func whenEmpty() throws {
    try withOutbox(OutboxLimits()) { outbox, _ in
      let calls = Counter()
      outbox.whenEmpty { calls.add() }
      #expect(calls.value == 1)
      for text in ["a", "b", "c"] { outbox.offer(.text(text)) }
      outbox.whenEmpty { calls.add() }
      #expect(taken(outbox, 2) == ["a", "b"])
      #expect(calls.value == 1)
      #expect(taken(outbox) == ["c"])
      #expect(calls.value == 2)
      outbox.offer(.text("d"))
      #expect(taken(outbox) == ["d"])
      #expect(calls.value == 2)
      outbox.offer(.text("e"))
      outbox.whenEmpty { calls.add() }
      outbox.shut()
      outbox.whenEmpty { calls.add() }
      #expect(calls.value == 2)
    }
  }

  @Test("emptied, it begins anew; closed, it takes nothing, and the close frame goes last, or alone")
  func closing() throws {
    try withOutbox(OutboxLimits(frames: 2, bytes: 100)) { outbox, metrics in
      outbox.offer(.text("a"), pinned: true)
      outbox.removeAll()
      #expect(metrics.framesDropped.value == 1)
      #expect(outbox.offer(.text("b")) == .queued)
      #expect(outbox.offer(.text("c")) == .queued)
      outbox.close(with: .text("last"))
      #expect(outbox.offer(.text("d")) == .closed)
      #expect(taken(outbox) == ["b", "c", "last"])
    }
    try withOutbox(OutboxLimits()) { outbox, _ in
      outbox.offer(.text("a"), pinned: true)
      outbox.close(with: .text("only"), atOnce: true)
      outbox.close(with: .text("second"))
      #expect(taken(outbox) == ["only"])
    }
  }

  @Test(
    "whatever is offered and taken, the bounds hold and pinned frames come out in order",
    arguments: 1...10 as ClosedRange<UInt64>)
  func random(seed: UInt64) throws {
    try withOutbox(OutboxLimits(frames: 16, bytes: 400)) { outbox, _ in
      var random = SeededGenerator(seed)
      var admitted: [String] = []
      var seen: [String] = []
      for number in 0..<5000 {
        switch random.below(4) {
        case 0:
          if outbox.offer(.text("p\(number)"), pinned: true) != .full { admitted.append("p\(number)") }
        case 1: outbox.offer(.text("k\(number)"), key: UInt64(random.below(5)))
        case 2: outbox.offer(.text(String(repeating: "f", count: random.below(100))))
        default: seen += taken(outbox, random.below(4)).filter { $0.hasPrefix("p") }
        }
        #expect(outbox.count <= 16 && outbox.byteCount <= 400)
      }
      seen += taken(outbox).filter { $0.hasPrefix("p") }
      #expect(seen == admitted)
      #expect(outbox.count == 0 && outbox.byteCount == 0)
    }
  }
}
