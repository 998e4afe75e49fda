import CEventLoop

/// Signals of the process as events of a loop.
///
/// `onSignal` runs on the loop's thread like any other event: no rule of signal handlers binds it.
package final class SignalWatch: ReadinessHandler {
  private let descriptor: Int32
  private let onSignal: @Sendable (Int32) -> Void

  private init(descriptor: Int32, onSignal: @escaping @Sendable (Int32) -> Void) {
    self.descriptor = descriptor
    self.onSignal = onSignal
  }

  /// Calls `onSignal` on the loop for each of `signals` instead of their default action, until the process ends.
  ///
  /// One watch per process; a later one replaces the earlier. signalfd would need the signals blocked in every thread,
  /// and an asynchronous `main` does not run on the first one; a handler that counts an event serves whatever thread it
  /// interrupts.
  package static func start(
    _ signals: [Int32], on loop: EventLoop, _ onSignal: @escaping @Sendable (Int32) -> Void
  ) throws(LoopFailure) {
    let descriptor = try LoopFailure.check(
      cloop_catch_signals(signals, Int32(signals.count)), "sigaction", during: "watch for signals")
    let watch = SignalWatch(descriptor: descriptor, onSignal: onSignal)
    loop.execute {
      // Fails only where the kernel has no memory for one more watch; then the signals go unheard.
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
