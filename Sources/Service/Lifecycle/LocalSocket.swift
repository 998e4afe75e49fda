import Checkpoints
import EventLoop
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// The socket in a data folder over which its owner's own commands reach the server that has the folder.
///
/// Only the folder's user may open it, so whoever comes that way needs no key.
package final class LocalSocket: Sendable {
  /// Addresses of sockets have at most 107 bytes, paths may have more: so the folder is held open and the socket named
  /// below its descriptor.
  private let folder: Int32

  /// - Throws: `StageFailure` with `data_folder_unusable`.
  package init(_ folder: DataFolder) throws(StageFailure) {
    self.folder = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard self.folder >= 0 else {
      throw StageFailure(.dataFolderUnusable, "The data folder \(folder.path) could not be opened.")
    }
  }

  deinit { close(folder) }

  /// Valid for as long as this object lives.
  package var address: SocketAddress { .unix(path: path) }

  private var path: String { "/proc/self/fd/\(folder)/\(DataFolder.serverSocketName)" }

  /// Whether there is a socket: of a server that runs, or of one that died.
  package var exists: Bool { access(path, F_OK) == 0 }

  /// Removes what a dead owner left. Only for whoever has the folder.
  func removeStale() { unlink(path) }

  /// Lets nobody but the folder's user in.
  func protect() throws(StageFailure) {
    guard chmod(path, 0o600) == 0 else {
      throw StageFailure(.dataFolderUnusable, "The server's socket in the data folder could not be protected.")
    }
  }
}
