/// What a descriptor is ready for, or what one waits for; a subset of epoll's events.
package struct Readiness: OptionSet, Sendable, Hashable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  // The numbers are those of <sys/epoll.h>, which are part of Linux's stable interface.
  /// There is something to read, or the end of the stream.
  package static let readable = Readiness(rawValue: 0x001)
  /// There is room to write.
  package static let writable = Readiness(rawValue: 0x004)
  /// An error is pending; always told.
  package static let failed = Readiness(rawValue: 0x008)
  /// Both directions are closed; always told.
  package static let hungUp = Readiness(rawValue: 0x010)
  /// The other end will send no more.
  package static let peerClosed = Readiness(rawValue: 0x2000)
  /// Told once per change rather than for as long as it lasts.
  package static let onChange = Readiness(rawValue: 1 << 31)
  /// Not from the kernel: someone asked for attention with `EventLoop.requestAttention`.
  package static let attention = Readiness(rawValue: 1 << 24)
}
