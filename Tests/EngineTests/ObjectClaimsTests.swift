import StageKit
import Synchronization
import Testing

@testable import Engine

@Suite("Claims on objects", .timeLimit(.minutes(10)))
struct ObjectClaimsTests {
  private let raster = Digest(of: "raster".utf8.map { $0 })
  private let words = Digest(of: "words".utf8.map { $0 })

  private final class Order: Sendable {
    let events = Mutex<[String]>([])
  }

  @Test("what is on its way to the ledger is not removed, until every attempt with it is there")
  func claimed() async {
    let claims = ObjectClaims()
    await claims.claim([raster])
    await claims.claim([raster])
    #expect(await claims.removing([raster, words]) { $0 } == [words])
    claims.release([raster])
    #expect(await claims.removing([raster, words]) { $0 } == [words])
    claims.release([raster])
    #expect(await claims.removing([raster, words]) { $0 } == [raster, words])
  }

  @Test("who publishes what is being removed waits until it is gone; others do not")
  func condemned() async {
    let claims = ObjectClaims()
    let order = Order()
    let (raster, words) = (raster, words)
    await claims.removing([raster]) { free in
      #expect(free == [raster])
      await claims.claim([words])
      let publisher = Task {
        await claims.claim([words, raster])
        order.events.withLock { $0.append("claimed") }
      }
      for _ in 0..<50 { await Task.yield() }
      order.events.withLock { $0.append("removed") }
      _ = publisher
    }
    while order.events.withLock({ $0.count }) < 2 { await Task.yield() }
    #expect(order.events.withLock { $0 } == ["removed", "claimed"])
    #expect(await claims.removing([raster, words]) { $0 } == [])
  }

  @Test("a removal that fails lets waiting claims go on")
  func failed() async {
    struct Failure: Error {}
    let claims = ObjectClaims()
    await #expect(throws: Failure.self) { try await claims.removing([raster]) { _ in throw Failure() } }
    await claims.claim([raster])
    #expect(await claims.removing([raster]) { $0 } == [])
  }
}
