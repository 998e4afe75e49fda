import StageKit

import struct Crypto.SHA256

#if canImport(Glibc)
  import Glibc
#endif

/// A document that is coming in, hashed on the way; gone without trace unless it is finished.
///
/// Used from one thread at a time.
package final class DocumentSpool {
  private let folder: DataFolder
  /// Where the bytes are until it is finished.
  package let path: String
  private let file: OpenFile
  private let limit: Int
  private var hash = SHA256()
  /// Bytes that the disk has been set to work on.
  private var begun = 0
  /// Bytes so far.
  package private(set) var length = 0

  /// - Parameters:
  ///   - owner: whose folder of attempt files to use meanwhile.
  ///   - limit: bytes.
  package init(_ folder: DataFolder, owner: String, limit: Int) throws {
    self.folder = folder
    self.limit = limit
    try Folder.create(folder.temporary(of: owner))
    path = folder.temporary(of: owner) + "/" + UniqueName.next("document")
    file = try OpenFile(path, O_WRONLY | O_CREAT | O_EXCL, or: "The document could not be received")
  }

  // Published or not, the temporary name has served.
  deinit { unlink(path) }

  /// Of the bytes so far.
  package var digest: Digest { Digest(hash.finalize()) }

  /// - Throws: `StageFailure` with `file_too_large` beyond the limit, `out_of_disk`, `input_output`.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(StageFailure) {
    guard bytes.count <= limit - length else { throw HashedStream.tooLarge(limit) }
    try file.write(bytes, or: "The document could not be received")
    hash.update(bufferPointer: bytes)
    length += bytes.count
    if length - begun >= Self.stride {
      file.startWriting(from: begun, count: length - begun)
      begun = length
    }
  }

  /// Bytes after which the disk begins with them while more come in: whoever waits for the end of a megabyte waits for
  /// a quarter of it, and large documents never fill the memory with what is yet to be written.
  private static let stride = 256 << 10

  /// Gives the document its name. One that is there already is verified and stays.
  ///
  /// - Throws: `StageFailure` with `empty_file`.
  package func finish() throws -> ReceivedDocument {
    guard length > 0 else { throw StageFailure(.emptyFile, "The document is empty.") }
    try file.sync(or: "The document could not be forced to the disk")
    let digest = digest
    let document = ImmutableFile(path: folder.document(digest), digest: digest, length: length)
    try document.publish(path) {
      let target = folder.quarantine + "/" + digest.hex + UniqueName.next("corrupt")
      guard rename(document.path, target) == 0 || errno == ENOENT else {
        throw StageFailure.system(errno, "A corrupt document could not be moved away")
      }
    }
    try Folder.sync(folder.documents)
    return ReceivedDocument(digest: digest, length: length)
  }
}
