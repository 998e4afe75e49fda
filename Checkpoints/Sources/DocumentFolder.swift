import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// The sources as received, each under its digest.
package struct DocumentFolder: Sendable {
  package let folder: DataFolder

  package init(_ folder: DataFolder) { self.folder = folder }

  /// Takes in a document from an open file or pipe, read to its end.
  ///
  /// - Parameters:
  ///   - owner: whose folder of attempt files to use meanwhile.
  ///   - limit: bytes.
  /// - Throws: `StageFailure` with `file_too_large`, `empty_file`, `out_of_disk` or `input_output`.
  package func take(from descriptor: Int32, owner: String, limit: Int) throws -> ReceivedDocument {
    let spool = try DocumentSpool(folder, owner: owner, limit: limit)
    _ = try HashedStream.run(from: descriptor, limit: limit, or: "The document could not be read") {
      (bytes) throws(StageFailure) in try spool.write(bytes)
    }
    return try spool.finish()
  }

  /// Opens a document.
  ///
  /// - Throws: `StageFailure` with `input_not_found` where it is not there.
  package func open(_ digest: Digest) throws -> InputFile {
    guard let file = try OpenFile(regular: folder.document(digest)) else {
      throw StageFailure(
        .inputNotFound, "The document \(digest.hex) is missing from the data folder.", hint: "Submit it again.")
    }
    return try InputFile(descriptor: file.release())
  }

  /// Whether a document is there, whole and unchanged; reads all of it.
  package func isSound(_ document: ReceivedDocument) throws -> Bool {
    try ImmutableFile(path: folder.document(document.digest), digest: document.digest, length: document.length)
      .isSound()
  }

  /// Removes a document; none there is no error.
  package func delete(_ digest: Digest) throws {
    guard unlink(folder.document(digest)) == 0 || errno == ENOENT else {
      throw StageFailure.system(errno, "A document could not be removed")
    }
  }
}
