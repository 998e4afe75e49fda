import Glibc

/// Room for the write-ahead log, made before it is needed.
///
/// A commit that lets the log grow waits for the file system as well as for the disk: ext4 gives a file its blocks when
/// they are written, and a thread of the kernel, which waits for its turn like any other, then marks them as written. A
/// commit into blocks that were written before waits for the disk alone. SQLite begins the log anew from its start, and
/// ends it at the first frame that is not of the same round, so what lies behind is never read.
enum LogReservation {
  /// Zeros that are written at a time, in bytes.
  private static let piece = 1 << 20

  /// Fills the log up to a length with zeros, on the disk. Without room for them the log stays as it is, and grows.
  ///
  /// To be called before anything is written through SQLite: the log must not grow meanwhile.
  static func make(beside database: String, length: Int) {
    let file = open(database + "-wal", O_WRONLY | O_CLOEXEC)
    // Where it is missing or may not be opened, SQLite makes it, or tells why it cannot.
    guard file >= 0 else { return }
    defer { close(file) }
    let own = lseek(file, 0, SEEK_END)
    guard own >= 0, own < length else { return }
    let zeros = [UInt8](repeating: 0, count: piece)
    var end = Int(own)
    while end < length {
      let count = pwrite(file, zeros, min(piece, length - end), off_t(end))
      guard count > 0 else { break }
      end += count
    }
    // Half a reservation serves nobody who has no room left on the disk.
    if end < length || fdatasync(file) != 0 { _ = ftruncate(file, own) }
  }
}
