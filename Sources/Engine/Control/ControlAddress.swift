import Checkpoints
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// The address of a data folder's socket. Such addresses have at most 107 bytes, paths may have more: so the folder is
/// opened and the socket named below its descriptor.
struct ControlAddress: ~Copyable {
  private let folder: Int32

  init(_ folder: DataFolder) throws {
    self.folder = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard self.folder >= 0 else {
      throw StageFailure(.dataFolderUnusable, "The data folder \(folder.path) could not be opened.")
    }
  }

  deinit { close(folder) }

  /// Lends the address to a system call.
  func withAddress(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { path in
      // Short enough by far, whatever number the descriptor has.
      path.copyBytes(from: "/proc/self/fd/\(folder)/control.sock".utf8)
    }
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
    }
  }
}
