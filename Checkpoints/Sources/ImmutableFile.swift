import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// A file that is named by its digest, written once and never changed.
struct ImmutableFile {
  let path: String
  let digest: Digest
  /// Bytes, before compression where it may be compressed.
  let length: Int
  /// Whether it is an object of the store.
  var mayBeCompressed = false

  /// Readable to its owner's tools, writable to nobody.
  static let mode: mode_t = 0o444

  /// Whether the file is there, whole and unchanged; reads all of it.
  func isSound() throws(StageFailure) -> Bool {
    if mayBeCompressed {
      guard let file = try StoredFile(path), file.length == length else { return false }
      return try file.measure()?.digest == digest
    }
    guard FileIdentity(path)?.length == length, let file = try OpenFile(regular: path) else { return false }
    return try file.measure().digest == digest
  }

  /// Gives a finished file its name, in place of a corrupt one if need be; a sound one that is there already stays.
  ///
  /// The folder is not yet forced to the disk, and the attempt keeps its own name: both are the caller's.
  ///
  /// - Parameters:
  ///   - attempt: holds the right bytes and is on the disk.
  ///   - discard: moves a corrupt file of that name away.
  func publish(_ attempt: String, discard: () throws -> Void) throws {
    guard chmod(attempt, Self.mode) == 0 else { throw StageFailure.system(errno, "A result could not be published") }
    // Each round either gives the name or finds it taken by a file that the last round did not see.
    for _ in 0..<Self.rounds {
      if try Self.place(attempt, at: path) { return }
      if try isSound() { return }
      try discard()
    }
    throw StageFailure(
      .inputOutput, "A result could not be published: its place is taken again and again.", retryable: true)
  }

  /// Two are enough for one publisher; more only where several heal the same file at once.
  private static let rounds = 8

  /// Gives a file a second name, or a copy of it where the file system has no hard links (left).
  ///
  /// - Returns: false where the name is taken; nothing is ever replaced.
  static func place(_ file: String, at path: String) throws(StageFailure) -> Bool {
    if link(file, path) == 0 { return true }
    switch errno {
    case EEXIST: return false
    case EXDEV, EMLINK, EPERM, EOPNOTSUPP, ENOSYS: return try copy(file, at: path)
    default: throw .system(errno, "A file could not be linked")
    }
  }

  /// Copies a file under a new name that appears with all its bytes.
  static func copy(_ file: String, at path: String) throws(StageFailure) -> Bool {
    let what = "A file could not be copied"
    guard FileIdentity(path) == nil else { return false }
    let folder = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
    let temporary = "\(folder)/\(UniqueName.next("copy"))"
    let source = try OpenFile(file, O_RDONLY | O_NOFOLLOW, or: what)
    let copy = try OpenFile(temporary, O_WRONLY | O_CREAT | O_EXCL, or: what)
    defer { unlink(temporary) }
    _ = try HashedStream.run(from: source.descriptor, limit: .max, or: what) { bytes throws(StageFailure) in
      try copy.write(bytes, or: what)
    }
    guard fchmod(copy.descriptor, mode) == 0 else { throw .system(errno, what) }
    try copy.sync(or: what)
    if link(temporary, path) == 0 { return true }
    if errno == EEXIST { return false }
    // No hard links at all: between the look above and this rename only another writer of this data folder could come,
    // and there is one writer.
    guard rename(temporary, path) == 0 else { throw .system(errno, what) }
    return true
  }
}
