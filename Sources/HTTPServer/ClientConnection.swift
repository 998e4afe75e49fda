import EventLoop
import Synchronization

/// One connection of a client, on the loop: sends a request, reads its answer, is used again.
actor ClientConnection {
  /// Why a request's own body could not be had.
  private final class BodyFault: Sendable {
    let error = Mutex<(any Error)?>(nil)
  }

  private enum BodyState {
    case none
    case framed(BodyReader)
    case untilEnd
  }

  nonisolated let socket: AsyncSocket
  private nonisolated let loop: EventLoop
  private let limits: ClientLimits
  private var input: [UInt8] = []
  private var body = BodyState.none
  private var sending: Task<Void, any Error>?
  private var keepsAlive = true
  /// Called when the answer is read to its end, if the connection can be used again.
  private let onFree: @Sendable (ClientConnection) -> Void

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  init(
    _ socket: AsyncSocket, loop: EventLoop, limits: ClientLimits,
    onFree: @escaping @Sendable (ClientConnection) -> Void
  ) {
    self.socket = socket
    self.loop = loop
    self.limits = limits
    self.onFree = onFree
  }

  deinit { sending?.cancel() }

  /// Sends a request and returns with its answer's head. The body may still be on its way in both directions.
  ///
  /// - Throws: what the request's own body throws: then the server would wait for the rest, and the connection is given up.
  func send(_ request: ClientRequest, host: String) async throws -> ClientResponse {
    let head = Self.encode(request, host: host)
    let (socket, limits, fault) = (socket, limits, BodyFault())
    // Sent beside the reading: a server may refuse a large body before it has come.
    let sending = Task {
      try await socket.send(head, within: limits.writeStall)
      try await Self.sendBody(request.body, to: socket, limits, fault)
    }
    self.sending = sending
    do {
      let answer = try await readHead()
      prepareBody(answer, request)
      if answer.status.rawValue >= 400, !Self.isEmpty(request.body) {
        // Nobody will read the rest.
        sending.cancel()
        keepsAlive = false
      }
      return ClientResponse(status: answer.status, headers: answer.headers, body: ClientResponseBody(connection: self))
    } catch {
      sending.cancel()
      keepsAlive = false
      throw fault.error.withLock { $0 } ?? error
    }
  }

  /// The bytes after the head, for a connection that speaks another protocol from now on.
  func takeInput() -> [UInt8] {
    defer { input = [] }
    return input
  }

  private func readHead() async throws -> ResponseHeadParser.Head {
    var parser = ResponseHeadParser()
    while true {
      if let (head, length) = try parser.parse(input.span, limit: limits.head) {
        input.removeFirst(length)
        // Interim answers precede the one that counts.
        if head.status.rawValue >= 200 || head.status.rawValue == 101 { return head }
        parser = ResponseHeadParser()
        continue
      }
      try await receive()
    }
  }

  private func receive() async throws {
    let bytes = try await socket.receive(upTo: 64 << 10, within: limits.responseTime)
    guard !bytes.isEmpty else { throw ClientFailure.connectionLost }
    input.append(contentsOf: bytes)
  }

  private func prepareBody(_ head: ResponseHeadParser.Head, _ request: ClientRequest) {
    keepsAlive = head.version == .http11 && !head.headers.hasMember("Connection", "close")
    if request.method == .head || head.status.forbidsContent {
      body = .none
    } else if head.headers.hasMember("Transfer-Encoding", "chunked") {
      body = .framed(.chunked(ChunkedDecoder()))
    } else if let length = head.headers["Content-Length"].flatMap({ Int64($0) }), length >= 0 {
      body = length == 0 ? .none : .framed(.length(length))
    } else {
      body = .untilEnd
      keepsAlive = false
    }
    if case .none = body, head.status.rawValue != 101 { release() }
  }

  func nextPiece() async throws -> [UInt8]? {
    switch body {
    case .none: return nil
    case .untilEnd:
      if input.isEmpty {
        let bytes = try await socket.receive(upTo: 64 << 10, within: limits.responseTime)
        if bytes.isEmpty { body = .none }
        return bytes.isEmpty ? nil : bytes
      }
      return takeInput()
    case .framed(var reader):
      while !reader.isDone {
        var cursor = 0
        let content = try reader.next(input.span, &cursor)
        let piece = Array(input[content])
        input.removeFirst(cursor)
        body = .framed(reader)
        if !piece.isEmpty {
          if reader.isDone { release() }
          return piece
        }
        if !reader.isDone, input.isEmpty { try await receive() }
      }
      if case .framed = body { release() }
      return nil
    }
  }

  /// The answer is read to its end.
  private func release() {
    body = .none
    guard keepsAlive, input.isEmpty, let sending else { return }
    self.sending = nil
    // Only once the request is sent entirely may the next one follow.
    Task { [self] in if (try? await sending.value) != nil { onFree(self) } }
  }

  private static func isEmpty(_ body: ClientBody) -> Bool {
    if case .none = body { true } else { false }
  }

  private static func encode(_ request: ClientRequest, host: String) -> [UInt8] {
    var head = Array("\(request.method) \(request.target) HTTP/1.1\r\n".utf8)
    var headers = request.headers
    if !headers.contains("Host") { headers.add("Host", host) }
    if let length = request.body.length {
      if length > 0 || ![.get, .head, .delete].contains(request.method) { headers["Content-Length"] = String(length) }
    } else {
      headers["Transfer-Encoding"] = "chunked"
    }
    headers.write(to: &head)
    head.append(contentsOf: [cr, lf])
    return head
  }

  private static func sendBody(
    _ body: ClientBody, to socket: AsyncSocket, _ limits: ClientLimits, _ fault: BodyFault
  ) async throws {
    switch body {
    case .none: break
    case .bytes(let bytes): try await socket.send(bytes, within: limits.writeStall)
    case .stream(let length, let next):
      func nextPiece() async throws -> [UInt8]? {
        do { return try await next() } catch  where !Task.isCancelled {
          fault.error.withLock { $0 = error }
          socket.close()
          throw error
        }
      }
      while let piece = try await nextPiece() {
        guard !piece.isEmpty else { continue }
        if length == nil {
          let size = Array((String(piece.count, radix: 16) + "\r\n").utf8)
          try await socket.send(size + piece + [cr, lf], within: limits.writeStall)
        } else {
          try await socket.send(piece, within: limits.writeStall)
        }
      }
      if length == nil { try await socket.send(Array("0\r\n\r\n".utf8), within: limits.writeStall) }
    }
  }
}
