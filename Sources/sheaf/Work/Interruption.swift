import Dispatch

#if canImport(Glibc)
  import Glibc
#endif

/// Ends a command at Ctrl-C: the first asks for a clean end, the second ends at once.
///
/// `@unchecked Sendable`: its variables are touched on its serial queue only.
final class Interruption: @unchecked Sendable {
  private let queue = DispatchQueue(label: "sheaf.interruption")
  private var sources: [any DispatchSourceSignal] = []
  private var count = 0

  /// - Parameter first: is called on the main actor with what was asked for.
  init(first: @escaping @MainActor @Sendable (CommandOutcome) -> Void) {
    let signals: [(Int32, CommandOutcome)] = [(SIGINT, .interrupted), (SIGTERM, .terminated), (SIGHUP, .hungUp)]
    sources = signals.map { number, status in
      // A signal must not take its own action beside the source's. Workers are started with all signals as usual.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { [weak self] in self?.take(status, first) }
      return source
    }
    // A reader of our output that went away shows at the next write.
    signal(SIGPIPE, SIG_IGN)
    for source in sources { source.resume() }
  }

  private func take(_ status: CommandOutcome, _ first: @escaping @MainActor @Sendable (CommandOutcome) -> Void) {
    count += 1
    guard count == 1 else {
      StandardStream.error.write("\n")
      // Workers die with this process, and what they had begun runs again at the next resume.
      _exit(status.rawValue)
    }
    Task { @MainActor in first(status) }
  }
}
