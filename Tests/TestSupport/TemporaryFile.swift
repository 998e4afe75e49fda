import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// Files that vanish with the test.
package enum TemporaryFile {
  /// An open file without a name.
  package static func anonymous() throws -> Int32 {
    var template = Array((NSTemporaryDirectory() + "/sheaf-test-XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    unlink(template)
    return descriptor
  }

  package static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws {
    var rest = bytes
    while !rest.isEmpty {
      let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
      guard written > 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
    lseek(descriptor, 0, SEEK_SET)
  }
}
