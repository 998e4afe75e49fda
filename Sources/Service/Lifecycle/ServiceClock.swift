import Foundation

/// What time it is, so that tests can say so.
package protocol ServiceClock: Sendable {
  /// Seconds since 1970.
  var now: Double { get }
}

/// The system's time.
package struct WallClock: ServiceClock {
  package init() {}

  package var now: Double { Date().timeIntervalSince1970 }
}
