import EventLoop
import Foundation

/// A TCP connection that says exactly what a test wants, and breaks off when it wants.
final class PlainConnection: Sendable {
  private let descriptor: Int32

  struct Failed: Error {}

  init(_ address: SocketAddress) throws {
    guard let port = address.port else { throw Failed() }
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var target = sockaddr_in()
    target.sin_family = sa_family_t(AF_INET)
    target.sin_port = port.bigEndian
    target.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafePointer(to: &target) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    guard result == 0 else { throw Failed() }
  }

  /// Sends all of it, or as much as the server takes.
  func send(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// All that the other side says until it closes, or has nothing more to say for two seconds after it began.
  func answer() async throws -> String {
    let descriptor = descriptor
    return try await Self.readers.run {
      var bytes: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 64 << 10)
      while true {
        var limit = timeval(tv_sec: bytes.isEmpty ? 60 : 2, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
        bytes += buffer[..<count]
      }
    }
  }

  private static let readers = BlockingPool(threads: 8, name: "plain-readers")

  func close() { _ = Glibc.close(descriptor) }
}
