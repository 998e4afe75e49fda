import EventLoop
import Synchronization

/// A monotonic clock that stands still until it is moved.
final class ManualLoopClock: LoopClock {
  private let time = Mutex(LoopInstant(nanoseconds: 0))

  var now: LoopInstant { time.withLock { $0 } }

  func advance(_ duration: Duration) { time.withLock { $0 = $0.advanced(by: duration) } }
}
