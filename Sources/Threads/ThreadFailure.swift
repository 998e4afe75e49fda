import Glibc

/// The system has no thread to give.
package struct ThreadFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The name the thread was to have.
  package let name: String
  /// Of `pthread_create`.
  package let errno: Int32

  /// What to try.
  package static let hint = "raise the limit on threads (ulimit -u)"

  package var description: String {
    "start the thread \(name): pthread_create: \(String(cString: strerror(errno))) (\(Self.hint))"
  }
}
