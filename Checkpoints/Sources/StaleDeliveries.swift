import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// What deliveries left among the user's files that were killed before they gave theirs its name.
enum StaleDeliveries {
  /// Folders that this process has looked through: what it leaves itself it does not find again.
  private static let swept = Mutex<Set<String>>([])

  /// Removes them from a folder, once for each process; what cannot be removed hurts nobody.
  ///
  /// A file is stale where neither a process of its number lives here nor anybody, on any machine, holds its lock.
  static func sweep(_ folder: String) {
    let path = folder.isEmpty ? "." : folder
    guard swept.withLock({ $0.insert(path).inserted }), let listing = opendir(path) else { return }
    defer { closedir(listing) }
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard let process = UniqueName.process(of: name, for: Delivery.purpose), !isAlive(process) else { continue }
      remove(folder + name)
    }
  }

  private static func isAlive(_ process: pid_t) -> Bool { kill(process, 0) == 0 || errno != ESRCH }

  private static func remove(_ path: String) {
    let file = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard file >= 0 else { return }
    defer { close(file) }
    if flock(file, LOCK_EX | LOCK_NB) == 0 { unlink(path) }
  }
}
