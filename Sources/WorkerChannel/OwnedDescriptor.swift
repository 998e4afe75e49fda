import Glibc
import Synchronization

/// An open file descriptor that is closed when its last owner lets go of it.
package final class OwnedDescriptor: Sendable {
  private static let none: Int32 = -1
  private let number: Atomic<Int32>

  /// Takes charge of an open descriptor; nobody else may close it from now on.
  package init(adopting descriptor: Int32) {
    number = Atomic(descriptor)
  }

  deinit { close() }

  /// Lends the number for the time of the call; the descriptor stays open at least until it returns.
  /// - Throws: `ChannelFailure.Code.descriptorGone` if it was closed or handed on, or what `body` throws.
  package func withDescriptor<Value>(_ body: (Int32) throws -> Value) throws -> Value {
    defer { withExtendedLifetime(self) {} }
    return try body(current())
  }

  /// `withDescriptor` for this module, whose failures are of one type.
  func lend<Value>(_ body: (Int32) throws(ChannelFailure) -> Value) throws(ChannelFailure) -> Value {
    defer { withExtendedLifetime(self) {} }
    return try body(current())
  }

  private func current() throws(ChannelFailure) -> Int32 {
    let current = number.load(ordering: .acquiring)
    guard current >= 0 else { throw ChannelFailure(.descriptorGone, during: "use a descriptor") }
    return current
  }

  /// Hands the open descriptor on: the caller closes it. Nil if it was closed or handed on before.
  package func take() -> Int32? {
    let current = number.exchange(Self.none, ordering: .acquiringAndReleasing)
    return current >= 0 ? current : nil
  }

  /// Closes now rather than at the end of the owner's life. A second call does nothing.
  package func close() {
    // Linux frees the number even when close reports an error, so there is nothing to repeat.
    if let current = take() { _ = Glibc.close(current) }
  }
}

extension OwnedDescriptor {
  /// Lends the number, or −1 where none is wanted.
  func lend<Value>(
    orNone isUnwanted: Bool, _ body: (Int32) throws(ChannelFailure) -> Value
  ) throws(ChannelFailure) -> Value {
    isUnwanted ? try body(Self.none) : try lend(body)
  }

  /// The same open file under a number that a child's 0 to 3 do not overwrite: itself, or a duplicate.
  func aboveStandard() throws(ChannelFailure) -> OwnedDescriptor {
    try lend { (descriptor) throws(ChannelFailure) in
      guard descriptor <= WorkerProcessSetup.channelDescriptor else { return self }
      let moved = fcntl(descriptor, F_DUPFD_CLOEXEC, WorkerProcessSetup.channelDescriptor + 1)
      guard moved >= 0 else {
        throw ChannelFailure(.system(call: "fcntl", errno: errno), during: "move a descriptor")
      }
      return OwnedDescriptor(adopting: moved)
    }
  }
}
