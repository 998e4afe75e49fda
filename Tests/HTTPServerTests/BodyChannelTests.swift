import EventLoop
import Testing

@testable import HTTPServer

@Suite("The way of a body to its handler", .timeLimit(.minutes(10)))
struct BodyChannelTests {
  private func run(_ body: (BodyChannel) async throws -> Void) async throws {
    let loop = try EventLoop.start()
    defer { loop.stop() }
    try await body(BodyChannel(loop: loop, token: .none, limit: 256 << 10))
  }

  @Test("small pieces that wait are put together, and nothing of them is lost")
  func small() async throws {
    try await run { channel in
      let sent = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      for byte in sent { channel.deliver([byte]) }
      channel.finish()
      var received: [UInt8] = []
      var pieces = 0
      while let piece = try await channel.next() {
        received += piece
        pieces += 1
      }
      #expect(received == sent)
      #expect(pieces <= 8)
    }
  }

  @Test("a reader that is cancelled as it begins to wait is let go")
  func cancelled() async throws {
    try await run { channel in
      for _ in 0..<20_000 {
        let reader = Task { try await channel.next() }
        await Task.yield()
        reader.cancel()
        await #expect(throws: CancellationError.self) { _ = try await reader.value }
      }
    }
  }
}
