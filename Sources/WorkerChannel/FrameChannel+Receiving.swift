import CLinux
import Glibc
import Synchronization

extension FrameChannel {
  /// What one look at the socket gave.
  enum Arrival {
    case frame(Frame)
    /// A frame is incomplete, and nothing more has arrived yet.
    case pending
    /// The stream ended between two frames.
    case end
  }

  /// Receives the next frame, waiting for it.
  ///
  /// - Parameter deadline: when to give up. What came of a frame until then is kept for the next call.
  /// - Returns: nil at a clean end, between two frames.
  /// - Throws: `endedMidFrame`, `frameTooLong`, `descriptorLost` (each of which ends the receiving for good),
  ///   `deadlinePassed`, `system`.
  package func receive(deadline: ContinuousClock.Instant? = nil) throws(ChannelFailure) -> Frame? {
    while true {
      switch try receiveAvailable() {
      case .frame(let frame): return frame
      case .end: return nil
      case .pending:
        let isReady = try socket.lend { (socket) throws(ChannelFailure) in
          try Readiness.wait(for: Readiness.readable, on: socket, until: deadline)
        }
        guard isReady else { throw ChannelFailure(.deadlinePassed, during: "receive a frame") }
      }
    }
  }

  /// Receives as much of the next frame as has arrived; never waits.
  func receiveAvailable() throws(ChannelFailure) -> Arrival {
    try socket.lend { (socket) throws(ChannelFailure) in
      try incoming.withLock { (assembly) throws(ChannelFailure) in
        if let failure = assembly.failure { throw failure }
        return try Self.advance(&assembly, on: socket)
      }
    }
  }

  private static func advance(_ assembly: inout FrameAssembly, on socket: Int32) throws(ChannelFailure) -> Arrival {
    while true {
      var arrived: OwnedDescriptor?
      var isLost = false
      var refusal: Int32 = 0
      let count = try assembly.fill { space in
        var descriptor: Int32 = -1
        let result = clinux_receive(socket, space.baseAddress, space.count, &descriptor, &isLost)
        // Owned at once: whatever is wrong with the frame, the descriptor is closed.
        if descriptor >= 0 { arrived = OwnedDescriptor(adopting: descriptor) }
        guard result < 0 else { return result }
        refusal = Int32(-result)
        return 0
      }
      if let arrived { try assembly.attach(arrived) }
      if isLost {
        throw assembly.fail(.descriptorLost, hint: "raise the limit on open files (ulimit -n)")
      }
      if let frame = assembly.takeFrame() { return .frame(frame) }
      guard count == 0 else { continue }
      switch refusal {
      case EINTR: continue
      case EAGAIN: return .pending
      // A peer that closes without having read everything resets; what it sent was received before that.
      case 0, ECONNRESET:
        try assembly.end()
        return .end
      default: throw assembly.fail(.system(call: "recvmsg", errno: refusal))
      }
    }
  }
}
