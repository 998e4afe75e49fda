/// What a worker gives up before the first byte of a document reaches it: told by whoever starts it.
package struct SandboxPolicy: Codable, Sendable, Hashable {
  package enum Mode: String, Codable, Sendable, Hashable, CaseIterable {
    /// A worker that cannot be confined in full does not work.
    case required
    /// A worker is confined as far as the kernel allows.
    case preferred
    /// For tests whose stages need what a sandbox denies.
    case off
  }

  /// The environment variable that holds it as JSON.
  package static let variable = "SHEAF_SANDBOX"

  package var mode: Mode
  /// The one folder that may be written to; nil for none.
  package var scratch: String?
  /// Bytes of private memory that it may ask the kernel for.
  package var memoryBytes: Int
  /// Bytes of address space: its memory, and the documents that it maps.
  package var addressBytes: Int
  /// Bytes of a file that it writes.
  package var fileBytes: Int

  package init(
    mode: Mode = .preferred, scratch: String? = nil, memoryBytes: Int = 2 << 30, addressBytes: Int = 8 << 30,
    fileBytes: Int = 8 << 30
  ) {
    self.mode = mode
    self.scratch = scratch
    self.memoryBytes = memoryBytes
    self.addressBytes = addressBytes
    self.fileBytes = fileBytes
  }
}
