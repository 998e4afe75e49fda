import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// A PDF written object by object into a file of the scratch folder. Source: ISO 32000-1, 7.5.
///
/// Used from one thread.
final class PDFFile {
  let path: String
  private let descriptor: Int32
  private var offsets: [Int?] = []
  private var length = 0
  private var buffer: [UInt8] = []
  private static let size = 1 << 16  // bytes: few calls, little memory

  init(_ path: String) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(errno) }
    put("%PDF-1.7\n%\u{E2}\u{E3}\u{CF}\u{D3}\n")
  }

  deinit { close(descriptor) }

  /// A number for an object that is written later.
  func reserve() -> Int {
    offsets.append(nil)
    return offsets.count
  }

  /// Writes an object.
  ///
  /// - Returns: its number.
  @discardableResult
  func add(_ text: String, as number: Int? = nil) throws -> Int {
    let number = number ?? reserve()
    offsets[number - 1] = length
    put("\(number) 0 obj\n\(text)\nendobj\n")
    try flushIfFull()
    return number
  }

  /// Writes a stream.
  ///
  /// - Parameter entries: of its dictionary, without the length.
  @discardableResult
  func add(stream: UnsafeRawBufferPointer, _ entries: String = "", as number: Int? = nil) throws -> Int {
    let number = number ?? reserve()
    offsets[number - 1] = length
    put("\(number) 0 obj\n<< \(entries) /Length \(stream.count) >>\nstream\n")
    try flush()
    try write(stream)
    length += stream.count
    put("\nendstream\nendobj\n")
    return number
  }

  @discardableResult
  func add(stream: [UInt8], _ entries: String = "", as number: Int? = nil) throws -> Int {
    try stream.withUnsafeBytes { try add(stream: $0, entries, as: number) }
  }

  /// Writes the table of objects and the trailer.
  func finish(catalog: Int) throws {
    let start = length
    put("xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n")
    for offset in offsets {
      let digits = String(offset ?? 0)
      put(
        String(repeating: "0", count: max(0, 10 - digits.utf8.count)) + digits
          + (offset == nil ? " 65535 f \n" : " 00000 n \n"))
      try flushIfFull()
    }
    put("trailer\n<< /Size \(offsets.count + 1) /Root \(catalog) 0 R >>\nstartxref\n\(start)\n%%EOF\n")
    try flush()
  }

  private func put(_ text: String) {
    let before = buffer.count
    buffer.append(contentsOf: text.utf8)
    length += buffer.count - before
  }

  private func flushIfFull() throws { if buffer.count >= Self.size { try flush() } }

  private func flush() throws {
    try buffer.withUnsafeBytes(write)
    buffer.removeAll(keepingCapacity: true)
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        throw Self.failure(errno)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
  }

  private static func failure(_ code: Int32) -> StageFailure {
    code == ENOSPC || code == EDQUOT
      ? StageFailure(
        .outOfDisk, "There is no room left for a PDF.", hint: "Free some space and resume.", retryable: true)
      : StageFailure(.inputOutput, "A PDF could not be written (errno \(code)).", retryable: true)
  }
}
