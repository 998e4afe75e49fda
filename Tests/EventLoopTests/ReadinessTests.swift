import EventLoop
import Glibc
import Testing

/// Notes which of its descriptors are ready.
private final class Listener: ReadinessHandler {
  let log: Log
  let name: String

  init(_ name: String, _ log: Log) {
    self.name = name
    self.log = log
  }

  func ready(_ events: ArraySlice<ReadyEvent>) {
    for event in events {
      let what = event.readiness.contains(.attention) ? "attention" : "readable"
      log.add("\(name) \(what)")
    }
  }
}

/// A pipe whose ends a test closes itself.
private func makePipe() -> (reading: Int32, writing: Int32) {
  var ends: [Int32] = [0, 0]
  precondition(pipe(&ends) == 0)
  return (ends[0], ends[1])
}

@Suite(.timeLimit(.minutes(10)))
struct ReadinessTests {
  @Test("a handler hears of its descriptor until it is removed, and of nothing afterwards")
  func registration() async throws {
    try await withLoop { loop in
      let log = Log()
      let pipe = makePipe()
      let listener = Listener("a", log)
      let token = try await loop.run {
        try loop.register(pipe.reading, for: [.readable, .onChange], handler: listener)
      }
      #expect(write(pipe.writing, "x", 1) == 1)
      while log.all.isEmpty { try await loop.settle() }
      #expect(log.all == ["a readable"])
      try await loop.run { loop.remove(token) }
      #expect(write(pipe.writing, "x", 1) == 1)
      loop.requestAttention(token)
      try await loop.settle()
      #expect(log.all == ["a readable"])
      close(pipe.reading)
      close(pipe.writing)
    }
  }

  @Test("a descriptor's number that is given again is not mistaken for the one before")
  func generations() async throws {
    try await withLoop { loop in
      let log = Log()
      let pipe = makePipe()
      let first = Listener("first", log)
      let second = Listener("second", log)
      let (old, new) = try await loop.run {
        let old = try loop.register(pipe.reading, for: [], handler: first)
        loop.remove(old)
        return (old, try loop.register(pipe.reading, for: [], handler: second))
      }
      #expect(old.descriptor == new.descriptor)
      #expect(old != new)
      loop.requestAttention(old)
      loop.requestAttention(new)
      try await loop.settle()
      #expect(log.all == ["second attention"])
      // Removing what is gone does not touch its successor.
      try await loop.run { loop.remove(old) }
      loop.requestAttention(new)
      try await loop.settle()
      #expect(log.all == ["second attention", "second attention"])
      close(pipe.reading)
      close(pipe.writing)
    }
  }

  @Test("attention asked for by thousands is given to all, in their order")
  func attentionInPortions() async throws {
    try await withLoop { loop in
      let log = Log()
      let pipe = makePipe()
      let listener = Listener("a", log)
      let token = try await loop.run { try loop.register(pipe.reading, for: [], handler: listener) }
      for _ in 0..<1000 { loop.requestAttention(token) }
      while log.all.count < 1000 { try await loop.settle() }
      try await loop.settle()
      #expect(log.all.count == 1000)
      close(pipe.reading)
      close(pipe.writing)
    }
  }
}
