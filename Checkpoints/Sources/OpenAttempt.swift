import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// An attempt's file between its worker and its publication.
final class OpenAttempt {
  private let file: OpenFile
  private let told: AttemptFile
  /// What is published where the attempt's own file is not.
  private let compressed: CompressedAttempt?

  /// Opens the file and has the disk begin with it, unless it is compressed first.
  init(_ told: AttemptFile, _ compression: CheckpointCompression) throws {
    guard FileIdentity(told.path)?.length == told.length, let file = try OpenFile(regular: told.path) else {
      throw Self.different()
    }
    if try file.withBeginning({ compression.applies(to: $0, length: told.length) }) {
      compressed = try CompressedAttempt(of: told)
    } else {
      compressed = nil
      file.startWriting(from: 0, count: told.length)
    }
    self.file = file
    self.told = told
  }

  /// A file that was made beside the attempt's own; to be removed once it is published, or is not going to be.
  var madePath: String? { compressed?.path }

  /// What is to be published.
  var path: String { compressed?.path ?? told.path }

  /// Reads all of it, and compresses it on the way where it is to be compressed.
  ///
  /// - Throws: `StageFailure`, retryable, where the bytes are not those that the worker told.
  func verify() throws {
    let found = try compressed.map { try $0.write(from: file) } ?? file.measure()
    guard found == (told.digest, told.length) else { throw Self.different() }
  }

  func sync() throws {
    let what = "A result could not be forced to the disk"
    if let compressed { try compressed.file.sync(or: what) } else { try file.sync(or: what) }
  }

  private static func different() -> StageFailure {
    StageFailure(.inputOutput, "A result on the disk is not what its worker wrote.", retryable: true)
  }
}
