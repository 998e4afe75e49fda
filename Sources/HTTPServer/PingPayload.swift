import EventLoop

/// What our pings carry: when they were sent, so that the pong tells the round trip.
enum PingPayload {
  static func bytes(sentAt time: LoopInstant) -> [UInt8] {
    withUnsafeBytes(of: time.nanoseconds.bigEndian) { Array($0) }
  }
}
