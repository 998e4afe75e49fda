import Foundation
import HTTPServer
import StageKit
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Bytes on their way to a server, which can be sent from their beginning as often as they are refused.
///
/// What comes through a pipe is kept in a file without a name as far as it was read; a file is read again.
final class UploadSource: Sendable {
  private let file: FileHandle
  /// Where the bytes begin: standard input may be a file that others have read from.
  private let start: Int64
  /// Nil for a pipe.
  private let length: Int64?
  /// What of a pipe was read, and how many bytes that is. An attempt that was given up may still be reading.
  private let kept: FileHandle?
  private let keptLength = Mutex<Int64>(0)

  /// Where one attempt stands.
  private final class Cursor: Sendable {
    let offset = Mutex<Int64>(0)
  }

  /// - Parameter descriptor: is closed with the object.
  /// - Throws: `StageFailure` with `input_output`.
  init(_ descriptor: Int32) throws {
    file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      start = Int64(max(0, lseek(descriptor, 0, SEEK_CUR)))
      length = max(0, Int64(status.st_size) - start)
      kept = nil
    } else {
      (start, length, kept) = (0, nil, try Self.namelessFile())
    }
  }

  /// All bytes, for one attempt.
  func body() -> ClientBody {
    let cursor = Cursor()
    return .stream(length: length) {
      try cursor.offset.withLock { offset in
        let piece = try self.piece(at: offset)
        offset += Int64(piece.count)
        return piece.isEmpty ? nil : piece
      }
    }
  }

  private static let longestPiece = 256 << 10  // bytes

  private func piece(at offset: Int64) throws -> [UInt8] {
    if let length {
      let bytes = try Self.read(file, at: start + offset, most: length - offset)
      guard !bytes.isEmpty || offset >= length else {
        throw StageFailure(.inputOutput, "The file became shorter while it was sent.", hint: "Send it again.")
      }
      return bytes
    }
    guard let kept else { return [] }
    return try keptLength.withLock { length in
      if offset < length { return try Self.read(kept, at: offset, most: length - offset) }
      guard let piece = try file.read(upToCount: Self.longestPiece), !piece.isEmpty else { return [] }
      let bytes = [UInt8](piece)
      try Self.write(bytes, to: kept, at: length)
      length += Int64(bytes.count)
      return bytes
    }
  }

  private static func read(_ file: FileHandle, at offset: Int64, most: Int64) throws -> [UInt8] {
    let count = Int(min(Int64(longestPiece), most))
    guard count > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: count)
    let read = pread(file.fileDescriptor, &bytes, count, off_t(offset))
    guard read >= 0 else {
      throw StageFailure(.inputOutput, "The file cannot be read: \(String(cString: strerror(errno))).")
    }
    bytes.removeSubrange(read...)
    return bytes
  }

  private static func write(_ bytes: [UInt8], to file: FileHandle, at offset: Int64) throws {
    try bytes.withUnsafeBytes { bytes in
      var done = 0
      while done < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
        let written = pwrite(file.fileDescriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(done))
        if written < 0, errno == EINTR { continue }
        guard written > 0 else { throw cannotKeep(errno) }
        done += written
      }
    }
  }

  private static func cannotKeep(_ code: Int32) -> StageFailure {
    StageFailure(
      .inputOutput, "Standard input cannot be kept for sending: \(String(cString: strerror(code))).",
      hint: "Point TMPDIR at a folder with room, or give a file.")
  }

  private static func namelessFile() throws -> FileHandle {
    var path = Array(FileManager.default.temporaryDirectory.appendingPathComponent("sheaf-XXXXXX").path.utf8CString)
    let descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw cannotKeep(errno) }
    unlink(&path)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }
}
