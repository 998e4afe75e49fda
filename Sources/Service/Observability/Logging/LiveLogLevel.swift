import Logging
import Synchronization

/// The least level that is logged, which a reload of the configuration changes.
package final class LiveLogLevel: Sendable {
  private let rank: Atomic<Int>

  /// The server's.
  package static let shared = LiveLogLevel(.info)

  init(_ level: Logger.Level) { rank = Atomic(Self.rank(of: level)) }

  package var value: Logger.Level {
    get { Logger.Level.allCases[rank.load(ordering: .relaxed)] }
    set { rank.store(Self.rank(of: newValue), ordering: .relaxed) }
  }

  /// - Parameter name: of a level, as in the settings; another changes nothing.
  package func set(_ name: String) {
    if let level = Logger.Level(rawValue: name) { value = level }
  }

  // allCases holds every case.
  private static func rank(of level: Logger.Level) -> Int { Logger.Level.allCases.firstIndex(of: level) ?? 0 }
}
