import EventLoop
import Glibc

/// One request on a connection of its own, as bytes, and the whole answer: no client stands between the test and the wire.
struct RawAnswer: Sendable {
  let text: String

  var status: Int { Int(text.split(separator: " ").dropFirst().first ?? "") ?? 0 }

  var body: String {
    text.range(after: "\r\n\r\n").map { String(text[$0...]) } ?? ""
  }

  /// The first value of a field.
  func header(_ name: String) -> String? {
    let head = text.range(after: "\r\n\r\n").map { text[..<$0] } ?? text[...]
    for line in head.split(separator: "\r\n").dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      if parts.count == 2, parts[0].lowercased() == name.lowercased() { return String(parts[1].drop { $0 == " " }) }
    }
    return nil
  }

  /// Sends a request and reads until the server closes, or, where the protocol changes, until the end of the head.
  static func of(
    _ method: String, _ path: String, at address: SocketAddress, _ headers: [String: String] = [:], body: String = ""
  ) async throws -> RawAnswer {
    guard let port = address.port else { throw Failure.noPort }
    var text = "\(method) \(path) HTTP/1.1\r\n"
    var all = ["Host": "127.0.0.1:\(port)", "Connection": "close", "Content-Length": "\(body.utf8.count)"]
    for (name, value) in headers { all[name] = value }
    if headers["Upgrade"] != nil {
      all["Connection"] = "Upgrade, close"
      all["Content-Length"] = nil
    }
    for name in all.keys.sorted() { text += "\(name): \(all[name] ?? "")\r\n" }
    let bytes = Array((text + "\r\n" + body).utf8)
    return try await pool.run { RawAnswer(text: try exchange(bytes, port: port)) }
  }

  enum Failure: Error { case noPort, noConnection(Int32), noAnswer }

  private static let pool = BlockingPool(threads: 16, name: "raw-requests")

  private static func exchange(_ bytes: [UInt8], port: UInt16) throws -> String {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard socket >= 0 else { throw Failure.noConnection(errno) }
    defer { close(socket) }
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw Failure.noConnection(errno) }
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { break }
      sent += count
    }
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(socket, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      received += buffer[..<count]
      let text = String(decoding: received, as: UTF8.self)
      if text.hasPrefix("HTTP/1.1 101"), text.contains("\r\n\r\n") { break }
    }
    guard !received.isEmpty else { throw Failure.noAnswer }
    return String(decoding: received, as: UTF8.self)
  }
}

extension String {
  fileprivate func range(after mark: String) -> Index? {
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(mark) { return index(place, offsetBy: mark.count) }
      formIndex(after: &place)
    }
    return nil
  }
}
