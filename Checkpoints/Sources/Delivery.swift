import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// Hands an object to the user as a file of theirs.
package struct Delivery: Sendable {
  /// What the path must not lead to: the document that the user gave.
  package let input: FileIdentity?

  /// - Parameter input: the path of the document that the user gave, if it was a file.
  package init(input: String?) { self.input = input.flatMap { FileIdentity(following: $0) } }

  /// Copies an object to a path, verified first; the file there appears with all its bytes or not at all.
  ///
  /// A pipe or a device is written to as it is.
  /// - Throws: `StageFailure` with `output_is_input` where the path leads to the user's own document,
  ///   `checkpoint_corrupt` where the object is not what its name says.
  package func copy(_ digest: Digest, from store: some CheckpointStore, to path: String) throws {
    let there = FileIdentity(following: path)
    if let there, let input, there.isSameFile(as: input) {
      throw StageFailure(
        .outputIsInput, "\(path) is the document itself.", hint: "Give another name; the document is left as it is.")
    }
    let object = try store.get(digest)
    if let there, !there.isRegular, !there.isFolder {
      try write(object, digest, to: OpenFile(path, O_WRONLY, or: "\(path) could not be written"), path)
    } else {
      try replace(path, with: object, digest)
    }
  }

  static let purpose = "sheaf"

  private func replace(_ path: String, with object: InputFile, _ digest: Digest) throws {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    StaleDeliveries.sweep(folder)
    let temporary = folder + UniqueName.next(Self.purpose)
    do {
      // 0666 less the umask: the user's file, as any program would make it.
      let file = try OpenFile(
        temporary, O_WRONLY | O_CREAT | O_EXCL, mode: 0o666, or: "\(path) could not be written")
      // Until it is closed nobody takes it for one that was left behind.
      _ = flock(file.descriptor, LOCK_EX | LOCK_NB)
      try write(object, digest, to: file, path)
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw StageFailure.system(code, "\(path) could not be written")
    }
  }

  private func write(_ object: InputFile, _ digest: Digest, to file: borrowing OpenFile, _ path: String) throws {
    let what = "\(path) could not be written"
    try object.withBytes { bytes in
      guard Digest(of: bytes) == digest else {
        throw StageFailure(
          .checkpointCorrupt, "The file \(digest.hex) in the data folder is damaged.",
          hint: "Resume the job: the unit runs again.")
      }
      try file.write(bytes, or: what)
    }
    // Pipes cannot be forced to a disk, and say so.
    guard fsync(file.descriptor) == 0 || errno == EINVAL || errno == EROFS else {
      throw StageFailure.system(errno, what)
    }
  }
}
