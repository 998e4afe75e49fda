import Logging
import Synchronization

/// What is logged at this moment: SIGHUP may change it.
package final class LogThreshold: Sendable {
  private let state: Mutex<Logger.Level>

  package init(_ level: Logger.Level) { state = Mutex(level) }

  package var level: Logger.Level { state.withLock { $0 } }

  func apply(_ name: String) {
    guard let level = Logger.Level(rawValue: name) else { return }
    state.withLock { $0 = level }
  }
}
