import EventLoop

extension WebServer {
  /// Bodies up to this many bytes go out with their head in one write.
  private static let smallBody = 16 << 10

  typealias Producer = @Sendable (ResponseWriter) async throws -> Void

  /// Sends a handler's answer, or its head where the body is streamed.
  ///
  /// - Returns: what writes the body; nil if there is nothing left to do.
  nonisolated func respond(_ response: Response, _ token: EventToken, _ number: UInt32) async -> Producer? {
    // A request's task runs on the loop, so this is where it ends up without a hop.
    if loop.isCurrent { return sendHere(response, token, number) }
    return await send(response, token, number)
  }

  private nonisolated func sendHere(_ response: Response, _ token: EventToken, _ number: UInt32) -> Producer? {
    assumeIsolated { $0.send(response, token, number) }
  }

  private func send(_ response: Response, _ token: EventToken, _ number: UInt32) -> Producer? {
    now = loop.clock.now
    guard let connection = connection(token), let exchange = connection.exchange, exchange.number == number,
      exchange.progress == .waiting
    else { return nil }
    if case .webSocket(let upgrade) = response.body {
      do throws(HTTPFailure) {
        try self.upgrade(connection, exchange, response, upgrade)
        return nil
      } catch {
        return send(configuration.renderFailure(error), token, number)
      }
    }
    // Interim answers are the server's own.
    guard response.status.rawValue >= 200 else { return send(configuration.renderFailure(.unexpected), token, number) }
    return send(response, connection, exchange)
  }

  private func send(_ response: Response, _ connection: Connection, _ exchange: Exchange) -> Producer? {
    exchange.status = response.status
    let version = exchange.head.version
    let hasContent = !response.status.forbidsContent
    let length = response.body.length
    exchange.usesChunks = hasContent && length == nil && version == .http11
    // To a client of HTTP/1.0, the end of a body of unknown length is the end of the connection.
    if hasContent, length == nil, version == .http10 { exchange.keepsAlive = false }
    if isDraining || connection.peerHasClosed || !canOutlive(exchange, response) { exchange.keepsAlive = false }

    scratch.removeAll(keepingCapacity: true)
    writeHead(
      response, length: hasContent ? length : nil, keepsAlive: exchange.keepsAlive, version: version,
      isChunked: exchange.usesChunks)
    let showsBody = hasContent && exchange.head.method != .head

    switch response.body {
    case .stream(_, let produce) where showsBody:
      exchange.progress = .streaming
      exchange.promised = length
      sendScratch(connection, exchange)
      flush(connection)
      return produce
    case .bytes(let bytes) where showsBody && bytes.count <= Self.smallBody:
      scratch.append(contentsOf: bytes)
      sendScratch(connection, exchange)
    case .bytes(let bytes) where showsBody:
      sendScratch(connection, exchange)
      connection.output.append(bytes)
    case .shared(let bytes) where showsBody:
      sendScratch(connection, exchange)
      connection.output.append(bytes)
    case .file(let file, let offset, let length) where showsBody:
      sendScratch(connection, exchange)
      connection.output.append(file, offset: offset, length: length)
    default:
      sendScratch(connection, exchange)
    }
    exchange.progress = .complete
    flush(connection)
    return nil
  }

  /// Whether the connection can be used again after this answer, as far as the request's body goes.
  private func canOutlive(_ exchange: Exchange, _ response: Response) -> Bool {
    if exchange.isBodyBroken { return false }
    if case .stream = response.body { return true }
    // Nobody knows whether a client that was not told to go on will send its body.
    if exchange.owesContinue { return false }
    switch exchange.reader {
    case .done: return true
    case .length(let remaining): return remaining <= limits.drainedBody
    case .chunked: return true
    }
  }

  func writeHead(
    _ response: Response, length: Int64?, keepsAlive: Bool, version: HTTPVersion, isChunked: Bool = false
  ) {
    scratch.append(contentsOf: "HTTP/1.1 ".utf8)
    append(Int64(response.status.rawValue))
    scratch.append(UInt8(ascii: " "))
    scratch.append(contentsOf: response.status.reason.utf8)
    endLine()
    var headers = response.headers
    for name in ["Content-Length", "Transfer-Encoding", "Date"] where headers.contains(name) { headers.removeAll(name) }
    if response.status.rawValue != 101, response.status != .upgradeRequired, headers.contains("Connection") {
      headers.removeAll("Connection")
    }
    headers.write(to: &scratch)
    if isChunked {
      scratch.append(contentsOf: "Transfer-Encoding: chunked\r\n".utf8)
    } else if let length {
      scratch.append(contentsOf: "Content-Length: ".utf8)
      append(length)
      endLine()
    }
    if !keepsAlive {
      scratch.append(contentsOf: "Connection: close\r\n".utf8)
    } else if version == .http10 {
      scratch.append(contentsOf: "Connection: keep-alive\r\n".utf8)
    }
    scratch.append(contentsOf: "Date: ".utf8)
    scratch.append(contentsOf: currentDate().utf8)
    endLine()
    endLine()
  }

  private func endLine() {
    scratch.append(cr)
    scratch.append(lf)
  }

  private func append(_ number: Int64) {
    scratch.append(contentsOf: String(number).utf8)
  }

  private func currentDate() -> String {
    if now >= dateUntil {
      date = HTTPDate.now()
      dateUntil = now.advanced(by: .milliseconds(500))
    }
    return date
  }

  /// Hands the head, and a small body, to the socket at once; what it does not take is queued.
  private func sendScratch(_ connection: Connection, _ exchange: Exchange) {
    var start = 0
    if connection.output.isEmpty {
      if case .moved(let count) = scratch.withUnsafeBytes({ connection.socket.send($0) }) {
        start = count
        exchange.sent += count
        metrics.bytesSent.add(count)
      }
      // A broken connection shows itself again when the rest is sent.
      guard start < scratch.count else { return }
    }
    connection.output.append(Array(scratch[start...]))
  }
}
