import EventLoop
import Synchronization

/// A clock that stands still until a test moves it.
final class ManualClock: LoopClock {
  private let nanoseconds = Atomic<Int64>(1_000_000_000)

  var now: LoopInstant { LoopInstant(nanoseconds: nanoseconds.load(ordering: .acquiring)) }

  func advance(by duration: Duration) {
    nanoseconds.wrappingAdd(duration.nanoseconds, ordering: .acquiringAndReleasing)
  }
}
