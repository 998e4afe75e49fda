import StageKit

/// Where checkpoint and artifact files stand under their digests: written once, never changed.
///
/// Asks nothing that an object store could not do: no comparing and swapping, no renaming. Calls block, so they belong
/// off the engine's loop.
package protocol CheckpointStore: Sendable {
  /// Publishes finished files, each under its digest; when it returns they are durable and the attempt's are gone.
  ///
  /// Every file is hashed again. A file that is there already is verified, and replaced where it is corrupt.
  /// - Throws: `StageFailure`, retryable; files may then be there without being told, which harms nobody.
  func put(_ files: [AttemptFile]) throws

  /// Opens a file, decompressed where it is stored compressed. The reader verifies it.
  ///
  /// - Throws: `StageFailure` with `checkpoint_corrupt` where there is none.
  func get(_ digest: Digest) throws -> InputFile

  /// The file's length in bytes, before compression, or nil where there is none.
  func head(_ digest: Digest) throws -> Int?

  /// One page of all digests, ascending.
  ///
  /// - Parameters:
  ///   - last: the last one of the page before; nil for the first page.
  ///   - limit: how many at most; fewer say that there are no more.
  func list(after last: Digest?, limit: Int) throws -> [Digest]

  /// Removes a file; none there is no error.
  func delete(_ digest: Digest) throws

  /// Takes a corrupt file out of use without destroying it; none there is no error.
  func quarantine(_ digest: Digest) throws
}
