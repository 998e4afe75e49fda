import Checkpoints
import StageKit
import Synchronization

/// A document that is coming in, handed from thread to thread with its pieces; gone without trace unless it is submitted.
///
/// `@unchecked Sendable`: the spool is touched only under the mutex.
package final class SpooledDocument: @unchecked Sendable {
  private let spool: DocumentSpool
  private let turn = Mutex(())

  package init(_ spool: DocumentSpool) { self.spool = spool }

  /// Writes a piece and hashes it; blocks for the disk.
  ///
  /// - Throws: `StageFailure` with `file_too_large`, `out_of_disk`, `input_output`.
  package func write(_ bytes: UnsafeRawBufferPointer) throws { try turn.withLock { _ in try spool.write(bytes) } }

  /// Bytes so far.
  package var length: Int { turn.withLock { _ in spool.length } }

  /// Of the bytes so far.
  package var digest: Digest { turn.withLock { _ in spool.digest } }

  /// Where the bytes are, as long as it lives.
  var path: String { turn.withLock { _ in spool.path } }

  /// Gives the document its name; blocks for the disk.
  func finish() throws -> ReceivedDocument { try turn.withLock { _ in try spool.finish() } }
}
