import CArchive
import Foundation
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// An archive with whatever somebody may put into one.
struct HostileBundle {
  struct Entry {
    var path: String
    var bytes: [UInt8] = []
    /// As the header tells it; the bytes may be fewer.
    var length: Int?
    var type: UInt32 = 0o100000
    var symbolicLink: String?
    var hardLink: String?
  }

  var entries: [Entry] = []
  var isCompressed = true

  mutating func add(_ path: String, _ bytes: [UInt8]) { entries.append(Entry(path: path, bytes: bytes)) }

  func write(to path: String) throws -> String {
    guard let archive = archive_write_new() else { throw StageFailure(.internalError, "no memory") }
    defer { archive_write_free(archive) }
    if isCompressed { archive_write_add_filter_zstd(archive) }
    archive_write_set_format_pax_restricted(archive)
    archive_write_open_filename(archive, path)
    for entry in entries {
      let header = archive_entry_new()
      archive_entry_set_pathname(header, entry.path)
      archive_entry_set_filetype(header, entry.type)
      archive_entry_set_perm(header, 0o644)
      archive_entry_set_size(header, Int64(entry.length ?? entry.bytes.count))
      if let link = entry.symbolicLink { archive_entry_set_symlink(header, link) }
      if let link = entry.hardLink { archive_entry_set_hardlink(header, link) }
      archive_write_header(archive, header)
      _ = entry.bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
      archive_entry_free(header)
    }
    archive_write_close(archive)
    return path
  }
}
