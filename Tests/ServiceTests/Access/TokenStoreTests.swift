import EventLoop
import Testing

@testable import Service

@Suite("Sessions and tickets")
struct TokenStoreTests {
  @Test("a session is good until it ends or is ended")
  func sessions() {
    let clock = ManualLoopClock()
    let store = TokenStore(perKey: 4, lifetime: .seconds(10), clock: clock)
    let text = store.issue(for: "k1")
    #expect(store.find(text) == "k1")
    #expect(store.find(text) == "k1")
    clock.advance(.seconds(10))
    #expect(store.find(text) == nil)
    #expect(store.count == 0)
    let other = store.issue(for: "k1")
    store.end(other)
    #expect(store.find(other) == nil)
  }

  @Test("a ticket is good once")
  func tickets() {
    let store = TokenStore(perKey: 4, lifetime: .seconds(10), clock: ManualLoopClock())
    let text = store.issue(for: "k1")
    #expect(store.take(text) == "k1")
    #expect(store.take(text) == nil)
  }

  @Test("nobody's token becomes another's by its beginning, and one key's flood costs only itself")
  func bounds() {
    let store = TokenStore(perKey: 4, lifetime: .seconds(10), clock: ManualLoopClock())
    let first = store.issue(for: "k1")
    let victim = store.issue(for: "k2")
    for _ in 0..<1000 { _ = store.issue(for: "k1") }
    #expect(store.count == 5)
    #expect(store.find(first) == nil)
    #expect(store.find(victim) == "k2")
    #expect(store.find("k1" + victim.dropFirst(2)) == nil)
    for text in ["", ".", "k2", "k2.", String(repeating: "k", count: 100_000)] { #expect(store.find(text) == nil) }
  }
}
