/// One registration of a descriptor: its number and a generation, so that a number that the kernel gave again to
/// another connection is never mistaken for the first.
package struct EventToken: Hashable, Sendable {
  /// `generation << 32 | descriptor`.
  package let rawValue: UInt64

  /// No registration has it.
  package static let none = EventToken(rawValue: .max - 1)

  init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  init(generation: UInt32, descriptor: Int32) {
    rawValue = UInt64(generation) << 32 | UInt64(UInt32(bitPattern: descriptor))
  }

  /// The descriptor's number.
  package var descriptor: Int32 { Int32(truncatingIfNeeded: rawValue) }
}
