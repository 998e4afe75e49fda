import EventLoop

/// What our pings carry: when they were sent, so that the pong tells the round trip.
enum PingPayload {
  static func bytes(sentAt time: LoopInstant) -> [UInt8] {
    withUnsafeBytes(of: time.nanoseconds.bigEndian) { Array($0) }
  }

  /// Nil for a pong that answers none of our pings.
  static func sentAt(_ payload: [UInt8]) -> LoopInstant? {
    guard payload.count == 8 else { return nil }
    return LoopInstant(nanoseconds: Int64(bitPattern: payload.reduce(0) { $0 << 8 | UInt64($1) }))
  }
}
