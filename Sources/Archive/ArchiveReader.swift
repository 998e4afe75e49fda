import CArchive

#if canImport(Glibc)
  import Glibc
#endif

/// Reads a tar archive within zstd from start to end; no other format and no other compression is ever tried.
///
/// Used from one thread.
package final class ArchiveReader {
  private let archive: OpaquePointer
  private let descriptor: Int32
  /// Whether it begins as zstd does: where it ends within its first block, libarchive does not know it.
  private let looksCompressed: Bool

  /// - Parameter descriptor: open for reading; stays the caller's and must outlive the reader.
  /// - Throws: `ArchiveFailure`.
  package init(descriptor: Int32) throws {
    guard let archive = archive_read_new() else { throw ArchiveFailure.system(detail: "no memory") }
    self.archive = archive
    self.descriptor = descriptor
    var start: [UInt8] = [0, 0, 0, 0]
    looksCompressed = pread(descriptor, &start, 4, 0) == 4 && start == [0x28, 0xB5, 0x2F, 0xFD]
    guard archive_read_support_filter_zstd(archive) == ARCHIVE_OK,
      archive_read_support_format_tar(archive) == ARCHIVE_OK,
      archive_read_open_fd(archive, descriptor, Self.step) == ARCHIVE_OK
    else { throw failure }
  }

  deinit { archive_read_free(archive) }

  /// The next file's header.
  ///
  /// - Returns: nil at the end of the archive.
  /// - Throws: `ArchiveFailure`; warnings are failures too, since nothing that Sheaf writes gives any.
  package func next() throws -> ArchiveEntry? {
    var entry: OpaquePointer?
    let status = archive_read_next_header(archive, &entry)
    if status == ARCHIVE_EOF { return nil }
    guard status == ARCHIVE_OK, let entry else {
      throw failure
    }
    guard isCompressed else { throw ArchiveFailure.format(detail: "it is not compressed") }
    return ArchiveEntry(
      path: archive_entry_pathname_utf8(entry).map { String(cString: $0) },
      kind: Self.isPlainFile(entry) ? .file : .other,
      length: archive_entry_size_is_set(entry) != 0 ? Int(exactly: archive_entry_size(entry)) : nil)
  }

  /// Reads the current file in steps that do not grow with it.
  ///
  /// - Parameter body: takes each step; what it throws ends the reading.
  package func read(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.step, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
      if count == 0 { return }
      guard count > 0 else { throw ArchiveFailure.damaged(detail: ArchiveFailure.detail(archive)) }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  private var failure: ArchiveFailure {
    let detail = ArchiveFailure.detail(archive)
    return isCompressed || looksCompressed ? .damaged(detail: detail) : .format(detail: detail)
  }

  private var isCompressed: Bool { archive_filter_code(archive, 0) == ARCHIVE_FILTER_ZSTD }

  private static func isPlainFile(_ entry: OpaquePointer) -> Bool {
    archive_entry_filetype(entry) == regular && archive_entry_hardlink(entry) == nil
      && archive_entry_symlink(entry) == nil && archive_entry_sparse_count(entry) == 0
  }

  /// AE_IFREG, a macro that Swift does not see.
  private static let regular: UInt32 = 0o100000
  private static let step = 256 << 10  // bytes: large against the cost of a call
}
