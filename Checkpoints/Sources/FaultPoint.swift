import Synchronization

/// The places in a unit's life where the crash tests let the process die; nothing happens there otherwise.
package enum FaultPoint: String, Sendable, CaseIterable {
  case order
  case input
  case write
  case fsync
  case publish
  case commit
  case link

  /// What happens at a point: takes the point and what it is about (a unit's name, a digest).
  package typealias Hook = @Sendable (FaultPoint, String) throws -> Void

  private static let hook = Mutex<Hook?>(nil)

  /// Puts a hook in place, nil for none; of debug builds only.
  package static func install(_ new: Hook?) {
    hook.withLock { $0 = new }
  }

  /// Says that the process has come to this point. Costs nothing in release builds.
  package static func reach(_ point: FaultPoint, _ subject: @autoclosure () -> String) throws {
    #if DEBUG
      guard let act = hook.withLock({ $0 }) else { return }
      try act(point, subject())
    #endif
  }
}
