import CEventLoop
import Glibc

/// An epoll instance and the event counter that wakes it.
struct Poller: ~Copyable {
  /// Events fetched per call; more of them wait for the next, after the jobs have had their turn.
  static let batch = 512
  private static let wakeToken = UInt64.max

  private let epoll: Int32
  private let counter: Int32
  private let ready: UnsafeMutablePointer<cloop_ready>

  init() throws(LoopFailure) {
    let step = "start an event loop"
    let epoll = try LoopFailure.check(cloop_epoll_create(), "epoll_create1", during: step)
    let counter = cloop_event_counter()
    // Edge triggered, the counter never has to be read.
    let added =
      counter < 0
      ? counter
      : cloop_epoll_add(
        epoll, counter, Readiness.readable.union(.onChange).rawValue, Self.wakeToken)
    guard added >= 0 else {
      if counter >= 0 { _ = cloop_close(counter) }
      _ = cloop_close(epoll)
      throw LoopFailure(.system(call: "eventfd", errno: -added), during: step)
    }
    self.epoll = epoll
    self.counter = counter
    ready = .allocate(capacity: Self.batch)
  }

  deinit {
    ready.deallocate()
    _ = cloop_close(counter)
    _ = cloop_close(epoll)
  }

  /// Makes a wait that is going on, or the next one, return. From any thread.
  func wake() {
    // The counter can only fail when it is full, and then the wait returns anyway.
    _ = cloop_event_signal(counter)
  }

  /// - Parameter timeout: milliseconds; 0 only looks, −1 waits for ever.
  /// - Returns: how many events there are; 0 after a signal.
  func wait(timeout: Int32) -> Int {
    max(0, Int(cloop_epoll_wait(epoll, ready, Int32(Self.batch), timeout)))
  }

  /// The event at `index` of the last wait; nil for the wake-up.
  func event(at index: Int) -> ReadyEvent? {
    let event = ready[index]
    guard event.token != Self.wakeToken else { return nil }
    return ReadyEvent(token: EventToken(rawValue: event.token), readiness: Readiness(rawValue: event.events))
  }

  func add(_ token: EventToken, _ readiness: Readiness) throws(LoopFailure) {
    _ = try LoopFailure.check(
      cloop_epoll_add(epoll, token.descriptor, readiness.rawValue, token.rawValue), "epoll_ctl",
      during: "watch a descriptor")
  }

  func change(_ token: EventToken, _ readiness: Readiness) {
    // Fails only for a descriptor that is not watched, and then there is nothing to change.
    _ = cloop_epoll_change(epoll, token.descriptor, readiness.rawValue, token.rawValue)
  }

  func remove(_ token: EventToken) {
    _ = cloop_epoll_remove(epoll, token.descriptor)
  }
}
