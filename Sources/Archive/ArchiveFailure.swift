import CArchive

/// Why an archive could not be read or written.
package enum ArchiveFailure: Error, Hashable, CustomStringConvertible {
  /// Not a tar archive within zstd.
  case format(detail: String)
  /// It ends early, or its bytes contradict each other.
  case damaged(detail: String)
  /// The disk refused, or memory ran out.
  case system(detail: String)

  package var description: String {
    switch self {
    case .format(let detail): "It is no tar archive within zstd: \(detail)"
    case .damaged(let detail): "The archive is damaged: \(detail)"
    case .system(let detail): "The archive could not be written: \(detail)"
    }
  }

  /// libarchive's own words for its last failure.
  static func detail(_ archive: OpaquePointer?) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "libarchive does not say why"
  }
}
