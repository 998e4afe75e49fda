import Glibc

/// What this module could not do, during which step, and what may help.
package struct LoopFailure: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Code: Hashable, Sendable {
    /// A system call failed with this `errno`.
    case system(call: String, errno: Int32)
    /// The pool has as much waiting work as it may hold.
    case poolFull
    /// The loop or the pool was stopped.
    case stopped
    /// A text that is no address.
    case badAddress
    /// The other end closed the connection.
    case connectionClosed
    /// It took longer than allowed.
    case timedOut
    /// The path leads outside its folder, or to something that is no plain file.
    case refusedPath
  }

  package let code: Code
  package let step: String
  package let hint: String?

  package init(_ code: Code, during step: String, hint: String? = nil) {
    self.code = code
    self.step = step
    self.hint = hint
  }

  /// Turns a negated errno of a C call into a thrown failure; hands on any other value.
  @inline(__always)
  static func check<Value: SignedInteger>(
    _ value: Value, _ call: String, during step: String, hint: String? = nil
  ) throws(LoopFailure) -> Value {
    guard value < 0 else { return value }
    throw LoopFailure(.system(call: call, errno: Int32(truncatingIfNeeded: -value)), during: step, hint: hint)
  }

  /// The `errno` of a failed system call.
  package var errno: Int32? {
    if case .system(_, let number) = code { number } else { nil }
  }

  package var description: String {
    let what =
      switch code {
      case .system(let call, let number): "\(call): \(String(cString: strerror(number)))"
      case .poolFull: "too much work is waiting"
      case .stopped: "it was stopped"
      case .badAddress: "this is no address"
      case .connectionClosed: "the other end closed the connection"
      case .timedOut: "it took too long"
      case .refusedPath: "the path is refused"
      }
    return "\(step): \(what)" + (hint.map { " (\($0))" } ?? "")
  }
}
