import Glibc
import Threads

/// Why a frame, a descriptor or a process could not be had: what, during which operation, and what to try.
///
/// The end of a worker, however it came about, is no failure: see `ProcessExit`.
package struct ChannelFailure: Error, Sendable, Hashable {
  /// What happened.
  package enum Code: Sendable, Hashable {
    /// The stream ended inside a frame; bytes of header and body that came, and that were announced so far.
    case endedMidFrame(received: Int, expected: Int)
    /// A frame announces, or was given, more bytes than the channel allows.
    case frameTooLong(length: Int, maximum: Int)
    /// A frame came with more than one descriptor, or this process has no free descriptor.
    case descriptorLost
    /// The other end is closed: nothing can be sent any more.
    case peerClosed
    /// The deadline passed.
    case deadlinePassed
    /// An earlier send was abandoned inside a frame, so the next frame would be misread.
    case brokenStream
    /// The descriptor was closed or handed on before.
    case descriptorGone
    /// The command cannot be run as written.
    case invalidCommand(String)
    /// The process that started this one has ended already.
    case parentGone
    /// A system call refused; its name and errno.
    case system(call: String, errno: Int32)
  }

  package let code: Code
  /// What was being done.
  package let operation: String
  /// What to try, if there is something.
  package let hint: String?

  package init(_ code: Code, during operation: String, hint: String? = nil) {
    self.code = code
    self.operation = operation
    self.hint = hint
  }
}

extension ChannelFailure: CustomStringConvertible {
  package var description: String {
    let what =
      switch code {
      case .endedMidFrame(let received, let expected):
        "the stream ended inside a frame (\(received) of \(expected) bytes)"
      case .frameTooLong(let length, let maximum): "a frame of \(length) bytes exceeds the maximum of \(maximum)"
      case .descriptorLost: "a descriptor that came with a frame was lost"
      case .peerClosed: "the other end is closed"
      case .deadlinePassed: "the deadline passed"
      case .brokenStream: "an earlier frame was sent in part only"
      case .descriptorGone: "the descriptor is closed"
      case .invalidCommand(let why): why
      case .parentGone: "the parent process has ended"
      case .system(let call, let errno): "\(call): \(String(cString: strerror(errno))) (errno \(errno))"
      }
    return "\(operation): \(what)" + (hint.map { "; \($0)" } ?? "")
  }
}

extension ChannelFailure {
  init(_ failure: ThreadFailure) {
    self.init(
      .system(call: "pthread_create", errno: failure.errno), during: "start the thread \(failure.name)",
      hint: ThreadFailure.hint)
  }

  /// Turns the negated errno of a CLinux call into a failure.
  /// - Returns: `result` if it is not negative.
  @discardableResult
  static func checking<Number: SignedInteger>(
    _ result: Number, _ call: String, during operation: String
  ) throws(ChannelFailure) -> Number {
    guard result < 0 else { return result }
    throw ChannelFailure(.system(call: call, errno: Int32(truncatingIfNeeded: 0 - result)), during: operation)
  }
}
