import CEventLoop

/// Signals of the process as events of a loop, by way of signalfd.
///
/// The handler runs on the loop's thread like any other event: no rule of signal handlers binds it.
package final class SignalWatch: ReadinessHandler {
  private let descriptor: Int32
  private let onSignal: @Sendable (Int32) -> Void

  private init(descriptor: Int32, onSignal: @escaping @Sendable (Int32) -> Void) {
    self.descriptor = descriptor
    self.onSignal = onSignal
  }

  deinit { _ = cloop_close(descriptor) }

  /// Keeps signals from being delivered to the calling thread and to all threads it starts from now on.
  ///
  /// Call it first thing in the program: a thread that existed before would still take them.
  package static func block(_ signals: [Int32]) throws(LoopFailure) {
    _ = try LoopFailure.check(
      cloop_block_signals(signals, Int32(signals.count)), "pthread_sigmask", during: "block signals")
  }

  /// Calls `onSignal` on the loop for each of `signals`, which `block` was called for, as long as the loop runs.
  package static func start(
    _ signals: [Int32], on loop: EventLoop, _ onSignal: @escaping @Sendable (Int32) -> Void
  ) throws(LoopFailure) {
    let descriptor = try LoopFailure.check(
      cloop_signal_descriptor(signals, Int32(signals.count)), "signalfd", during: "watch for signals")
    let watch = SignalWatch(descriptor: descriptor, onSignal: onSignal)
    loop.execute {
      // Fails only where the kernel has no memory for one more watch; then the process's signals stay pending.
      _ = try? loop.register(descriptor, for: .readable, handler: watch)
    }
  }

  package func ready(_ events: ArraySlice<ReadyEvent>) {
    while true {
      let signal = cloop_signal_next(descriptor)
      guard signal > 0 else { return }
      onSignal(signal)
    }
  }
}
