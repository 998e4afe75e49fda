/// Bytes that never change and exist once, however many clients are sent them.
package final class SharedBytes: @unchecked Sendable {
  // Proof of Sendable: the memory is written in init only, and freed with the object.

  private let base: UnsafeMutableRawBufferPointer

  package convenience init(_ bytes: some Collection<UInt8>) {
    self.init(count: bytes.count) { $0.copyBytes(from: bytes) }
  }

  package init(count: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Void) {
    base = .allocate(byteCount: count, alignment: 8)
    fill(base)
  }

  deinit { base.deallocate() }

  package var count: Int { base.count }

  /// Valid for as long as the object lives.
  var buffer: UnsafeRawBufferPointer { UnsafeRawBufferPointer(base) }

  package func withUnsafeBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeRawBufferPointer(base))
  }
}
