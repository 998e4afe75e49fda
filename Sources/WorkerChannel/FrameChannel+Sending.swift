import CLinux
import Glibc
import Synchronization

extension FrameChannel {
  /// Sends one frame, waiting while the socket is full. Frames of several threads never mix.
  ///
  /// - Parameters:
  ///   - bytes: at most `maximumFrameLength`; may be empty.
  ///   - descriptor: stays open and the caller's; the receiver gets a duplicate.
  ///   - deadline: when to give up. If part of the frame was sent by then, nothing can be sent afterwards.
  /// - Throws: `frameTooLong`, `peerClosed`, `deadlinePassed`, `brokenStream`, `system`.
  package func send(
    _ bytes: [UInt8], descriptor: Int32? = nil, deadline: ContinuousClock.Instant? = nil
  ) throws(ChannelFailure) {
    guard bytes.count <= maximumFrameLength, let length = UInt32(exactly: bytes.count) else {
      throw Self.sendFailure(.frameTooLong(length: bytes.count, maximum: maximumFrameLength))
    }
    let header = withUnsafeBytes(of: length.bigEndian) { Array($0) }
    try socket.lend { (socket) throws(ChannelFailure) in
      try isSendingBroken.withLock { (isBroken) throws(ChannelFailure) in
        guard !isBroken else { throw Self.sendFailure(.brokenStream) }
        var sent = 0
        do throws(ChannelFailure) {
          try Self.transmit(header, bytes, descriptor, on: socket, until: deadline, &sent)
        } catch {
          isBroken = sent > 0
          throw error
        }
      }
    }
  }

  /// Sends one frame together with a descriptor that is kept open meanwhile.
  package func send(
    _ bytes: [UInt8], descriptor: OwnedDescriptor, deadline: ContinuousClock.Instant? = nil
  ) throws(ChannelFailure) {
    try descriptor.lend { (number) throws(ChannelFailure) in
      try send(bytes, descriptor: number, deadline: deadline)
    }
  }

  private static func transmit(
    _ header: [UInt8], _ body: [UInt8], _ descriptor: Int32?, on socket: Int32,
    until deadline: ContinuousClock.Instant?, _ sent: inout Int
  ) throws(ChannelFailure) {
    while sent < header.count + body.count {
      let headOffset = min(sent, header.count)
      let bodyOffset = sent - headOffset
      let result = header.withUnsafeBytes { head in
        body.withUnsafeBytes { tail in
          let headRest = UnsafeRawBufferPointer(rebasing: head[headOffset...])
          let bodyRest = UnsafeRawBufferPointer(rebasing: tail[bodyOffset...])
          // The descriptor goes with the first byte, once.
          return clinux_send(
            socket, headRest.baseAddress, headRest.count, bodyRest.baseAddress, bodyRest.count,
            sent == 0 ? descriptor ?? -1 : -1)
        }
      }
      if result >= 0 {
        sent += result
        continue
      }
      switch Int32(-result) {
      case EINTR: continue
      case EAGAIN:
        guard try Readiness.wait(for: Readiness.writable, on: socket, until: deadline) else {
          throw sendFailure(.deadlinePassed)
        }
      case EPIPE, ECONNRESET: throw sendFailure(.peerClosed)
      case let code: throw sendFailure(.system(call: "sendmsg", errno: code))
      }
    }
  }

  private static func sendFailure(_ code: ChannelFailure.Code) -> ChannelFailure {
    ChannelFailure(code, during: "send a frame")
  }
}
