import Checkpoints
import EventLoop
import HTTPServer
import StageKit
import Synchronization

/// Objects of the store as answers: verified when they are first asked for, and then as long as the file is untouched.
package final class StoredFiles: Sendable {
  private struct Seen: Hashable {
    let digest: Digest
    let inode: UInt64
    let modified: Int64
  }

  private struct State {
    var verified: Set<Seen> = []
  }

  /// Files remembered as verified; then all are forgotten, and verified again when they are asked for.
  private static let most = 10_000

  private let state = Mutex(State())

  init() {}

  /// An object as a file that can be asked for in part. Blocks for the disk.
  ///
  /// - Parameter entityTag: in quotes; nil is made of the digest.
  /// - Throws: `StageFailure` with `checkpoint_corrupt` where its bytes are not what was recorded.
  package func resource(
    _ digest: Digest, in store: ObjectFolder, type: String, entityTag: String? = nil
  ) throws -> FileResource {
    let file: OpenFile
    do { file = try OpenFile(path: store.path(of: digest)) } catch {
      throw StageFailure(
        .checkpointCorrupt, "A file of the job is missing from the data folder.",
        hint: "Resume the job: the unit runs again.")
    }
    if try store.isCompressed(digest) {
      return FileResource(try decompressed(digest, in: store), type: type, entityTag: entityTag ?? Self.tag(of: digest))
    }
    let seen = Seen(digest: digest, inode: file.inode, modified: file.modified.seconds)
    if !state.withLock({ $0.verified.contains(seen) }) {
      guard try store.isSound(digest, length: Int(file.size)) else {
        throw Self.damaged
      }
      state.withLock { state in
        if state.verified.count >= Self.most { state.verified = [] }
        state.verified.insert(seen)
      }
    }
    return FileResource(file, type: type, entityTag: entityTag ?? Self.tag(of: digest))
  }

  /// A file in memory for as long as it is being sent; verified each time, for it is made each time.
  private func decompressed(_ digest: Digest, in store: ObjectFolder) throws -> OpenFile {
    let input = try store.get(digest)
    guard try input.withBytes({ Digest(of: $0) }) == digest else { throw Self.damaged }
    return try OpenFile(adopting: input.duplicate())
  }

  private static func tag(of digest: Digest) -> String { "\"\(digest.hex)\"" }

  private static var damaged: StageFailure {
    StageFailure(
      .checkpointCorrupt, "A file of the job is damaged in the data folder.",
      hint: "Resume the job: the unit runs again.")
  }
}
