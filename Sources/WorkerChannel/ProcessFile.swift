import Glibc

/// A process's files under /proc.
enum ProcessFile {
  // Both stat and statm are one line of some 300 bytes at most.
  private static let capacity = 4096

  /// The text of `/proc/<pid>/<name>`; nil if there is no such process (any more).
  static func read(_ name: String, of pid: pid_t) -> String? {
    let number = open("/proc/\(pid)/\(name)", O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { return nil }
    defer { close(number) }
    var buffer = [UInt8](repeating: 0, count: capacity)
    // The kernel gives these files whole in one read, and signals do not interrupt it.
    let count = Glibc.read(number, &buffer, buffer.count)
    guard count > 0 else { return nil }
    return String(decoding: buffer[..<count], as: UTF8.self)
  }
}
