/// One message: opaque bytes, perhaps accompanied by an open descriptor.
package struct Frame: Sendable {
  package let bytes: [UInt8]
  /// A descriptor that the sender opened for the receiver; closed if nobody takes it.
  package let descriptor: OwnedDescriptor?

  package init(bytes: [UInt8], descriptor: OwnedDescriptor? = nil) {
    self.bytes = bytes
    self.descriptor = descriptor
  }
}
