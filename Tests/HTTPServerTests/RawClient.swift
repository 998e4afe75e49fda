import EventLoop

/// A connection on which a test says exactly what it wants.
final class RawClient {
  struct Incomplete: Error {}

  let socket: AsyncSocket
  private var input: [UInt8] = []

  init(_ socket: AsyncSocket) {
    self.socket = socket
  }

  func send(_ text: String) async throws { try await socket.send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) async throws { try await socket.send(bytes) }

  /// The next response, its body by length, chunks, or to the end of the stream. Interim responses are responses too.
  func response(isHead: Bool = false) async throws -> RawResponse {
    var end = 0
    while true {
      if let found = endOfHead() {
        end = found
        break
      }
      guard try await receive() else { throw Incomplete() }
    }
    let lines = String(decoding: input[..<end], as: UTF8.self).split(separator: "\r\n")
    input.removeFirst(end)
    guard let first = lines.first, first.hasPrefix("HTTP/1.1 "), let status = Int(first.dropFirst(9).prefix(3)) else {
      throw Incomplete()
    }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let sides = line.split(separator: ": ", maxSplits: 1, omittingEmptySubsequences: false)
      headers[sides[0].lowercased()] = String(sides.count > 1 ? sides[1] : "")
    }
    let body = isHead || status < 200 || status == 204 || status == 304 ? [] : try await readBody(headers)
    return RawResponse(status: status, headers: headers, body: body)
  }

  private func readBody(_ headers: [String: String]) async throws -> [UInt8] {
    if headers["transfer-encoding"] == "chunked" { return try await readChunks() }
    guard let length = headers["content-length"].flatMap({ Int($0) }) else { return try await rest() }
    return try await take(length)
  }

  private func readChunks() async throws -> [UInt8] {
    var body: [UInt8] = []
    while true {
      guard let size = Int(try await line(), radix: 16) else { throw Incomplete() }
      let chunk = try await take(size)
      guard try await line().isEmpty else { throw Incomplete() }
      if size == 0 { return body }
      body += chunk
    }
  }

  private func line() async throws -> String {
    while true {
      if let end = input.firstIndex(of: 10) {
        let line = String(decoding: input[..<end], as: UTF8.self)
        input.removeFirst(end + 1)
        return line.hasSuffix("\r") ? String(line.dropLast()) : line
      }
      guard try await receive() else { throw Incomplete() }
    }
  }

  /// Exactly so many bytes.
  func take(_ count: Int) async throws -> [UInt8] {
    while input.count < count {
      guard try await receive() else { throw Incomplete() }
    }
    defer { input.removeFirst(count) }
    return Array(input[..<count])
  }

  /// All that comes until the other end closes.
  func rest() async throws -> [UInt8] {
    while try await receive() {}
    defer { input = [] }
    return input
  }

  /// Whether the other end has closed and nothing more came.
  func isClosed() async throws -> Bool {
    // A reset is an end too.
    guard let more = try? await receive() else { return true }
    return !more && input.isEmpty
  }

  private func receive() async throws -> Bool {
    let bytes = try await socket.receive(upTo: 65_536)
    input += bytes
    return !bytes.isEmpty
  }

  private func endOfHead() -> Int? {
    guard input.count >= 4 else { return nil }
    for index in 3..<input.count
    where input[index] == 10 && input[index - 1] == 13 && input[index - 2] == 10 && input[index - 3] == 13 {
      return index + 1
    }
    return nil
  }
}
