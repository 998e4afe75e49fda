import Foundation
import Glibc
import WorkerChannel

/// Reading and counting descriptors in tests.
enum Descriptors {
  /// Everything up to the end of the stream.
  static func readAll(_ descriptor: OwnedDescriptor) throws -> String {
    try descriptor.withDescriptor { number in
      var text: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = read(number, &buffer, buffer.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return String(decoding: text, as: UTF8.self) }
        text += buffer[..<count]
      }
    }
  }

  /// Whether anything of this process still refers to the open file `descriptor` refers to, by device and inode.
  static func countReferring(to identity: FileIdentity) -> Int {
    // With many tests at once there are thousands, and the kernel gives any number.
    let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd"))?.compactMap(Int32.init) ?? []
    return numbers.count { FileIdentity($0) == identity }
  }

  /// A pipe of raw numbers.
  static func pipe() -> (reading: OwnedDescriptor, writing: OwnedDescriptor) {
    var ends: [Int32] = [-1, -1]
    _ = Glibc.pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (OwnedDescriptor(adopting: ends[0]), OwnedDescriptor(adopting: ends[1]))
  }
}

/// Which file a descriptor refers to.
struct FileIdentity: Hashable {
  let device: UInt
  let inode: UInt

  init?(_ descriptor: Int32) {
    var information = stat()
    guard fstat(descriptor, &information) == 0 else { return nil }
    device = UInt(information.st_dev)
    inode = UInt(information.st_ino)
  }
}
