import StageKit
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Lets the crash tests end a debug build at a named point; release builds have no such door.
///
/// `worker:write:3:parent` in `SHEAF_FAULT` means: the third time that the worker comes to `write`, it kills its parent
/// and itself. The last word is `self` unless given.
package struct FaultDrill: Sendable, Hashable {
  package enum Victim: String, Sendable, Hashable {
    case `self`
    /// The process that started this one dies too.
    case parent
  }

  /// The environment variable that holds it.
  package static let variable = "SHEAF_FAULT"

  package let program: String
  package let point: FaultPoint
  /// At the how-manieth time, from 1.
  package let count: Int
  package let victim: Victim

  package init?(_ text: String) {
    let words = text.split(separator: ":").map(String.init)
    guard words.count == 3 || words.count == 4, let point = FaultPoint(rawValue: words[1]), let count = Int(words[2]),
      count > 0, let victim = Victim(rawValue: words.count == 4 ? words[3] : "self")
    else { return nil }
    program = words[0]
    self.point = point
    self.count = count
    self.victim = victim
  }

  /// Puts the drill of the environment in place, if it is for this program.
  ///
  /// - Parameter program: `sheaf` or `worker`.
  /// - Returns: whether there is one.
  @discardableResult
  package static func install(for program: String, environment: [String: String]) -> Bool {
    #if DEBUG
      guard let drill = environment[variable].flatMap(FaultDrill.init), drill.program == program else { return false }
      let reached = Mutex(0)
      FaultPoint.install { point, _ in
        guard point == drill.point else { return }
        let number = reached.withLock { count in
          count += 1
          return count
        }
        guard number == drill.count else { return }
        if drill.victim == .parent { kill(getppid(), SIGKILL) }
        kill(getpid(), SIGKILL)
      }
      return true
    #else
      return false
    #endif
  }
}
