import EventLoop

/// Answers whatever it receives with the same response, without looking at it: the cost of sockets and loop alone.
final class FixedResponder: ReadinessHandler, @unchecked Sendable {
  // Proof of Sendable: touched on the loop's thread only.
  private let loop: EventLoop
  private let listener: ListeningSocket
  private let response = Array(
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello".utf8)
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16_384, alignment: 16)

  private init(_ listener: ListeningSocket, loop: EventLoop) {
    self.listener = listener
    self.loop = loop
  }

  deinit { buffer.deallocate() }

  static func start(at address: SocketAddress, on loop: EventLoop) throws {
    let responder = FixedResponder(try ListeningSocket(address), loop: loop)
    loop.execute {
      // Where even this fails, nobody can connect, and the load generator says so.
      _ = try? loop.register(responder.listener.descriptor, for: .readable, handler: responder)
    }
  }

  func ready(_ events: ArraySlice<ReadyEvent>) {
    for event in events {
      if event.token.descriptor == listener.descriptor {
        while case .connection(let socket, _) = listener.accept() {
          // A connection that cannot be watched is left to the client's patience.
          _ = try? loop.register(socket.descriptor, for: .readable, handler: self)
        }
        continue
      }
      let socket = StreamSocket(descriptor: event.token.descriptor)
      switch socket.receive(into: buffer) {
      case .moved: _ = response.withUnsafeBytes { socket.send($0) }
      case .wouldBlock: break
      case .ended, .failed:
        loop.remove(event.token)
        socket.close()
      }
    }
  }
}
