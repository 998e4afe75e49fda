import CLinux
import Glibc

/// Wakes a thread that waits on descriptors. Many signals before it looks count as one.
struct WakeSignal: Sendable {
  let counter: OwnedDescriptor

  init() throws(ChannelFailure) {
    counter = OwnedDescriptor(
      adopting: try ChannelFailure.checking(clinux_event_counter(), "eventfd", during: "make a wake signal"))
  }

  /// Wakes the thread, now or when it next waits.
  func signal() {
    var one: UInt64 = 1
    // The write fails only when the counter is full, and then the thread is being woken already. The descriptor is
    // never closed before this value's life ends.
    _ = try? counter.lend { write($0, &one, MemoryLayout<UInt64>.size) }
  }

  /// Forgets the signals up to now.
  func clear() {
    var count: UInt64 = 0
    // It fails only when there was no signal.
    _ = try? counter.lend { read($0, &count, MemoryLayout<UInt64>.size) }
  }

  /// Waits for a signal and forgets it.
  func wait() throws(ChannelFailure) {
    _ = try counter.lend { (descriptor) throws(ChannelFailure) -> Bool in
      try Readiness.wait(for: Readiness.readable, on: descriptor, until: nil)
    }
    clear()
  }
}
