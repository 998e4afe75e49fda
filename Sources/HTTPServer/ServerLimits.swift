/// What a server allows its clients; every number is one that a test may shrink.
package struct ServerLimits: Sendable {
  // Requests
  /// Bytes of a request's head; else 431.
  package var head = 16 << 10
  /// Bytes of a request's target; else 414.
  package var target = 8 << 10
  /// Header fields; else 431.
  package var fields = 100
  /// Bytes of a request's body; else 413. A route may allow more or less.
  package var body: Int64 = 64 << 20
  /// Bytes of a body that wait for the handler to read them.
  package var bufferedBody = 256 << 10
  /// Bytes of a body that nobody read, up to which it is thrown away to keep the connection.
  package var drainedBody: Int64 = 64 << 10
  /// From the first wait for a request's head to its end; else 408.
  package var headTime = Duration.seconds(10)
  /// For how long a connection may idle between requests.
  package var idleTime = Duration.seconds(60)
  /// For how long a body that is awaited may stop arriving; else 408.
  package var bodyStall = Duration.seconds(15)

  // Responses
  /// Unsent bytes of a streamed response, from which its handler waits.
  package var bufferedResponse = 256 << 10
  /// For how long a client may take nothing of what is to be sent.
  package var writeStall = Duration.seconds(30)
  /// For how long the rest of a refused request is read and thrown away, so that the client sees the response.
  package var lingering = Duration.seconds(2)

  // Connections
  /// Connections at once; more are closed as they come.
  package var connections = 20_000
  /// Bytes of the kernel's send buffer per connection; nil leaves it to the kernel.
  package var sendBuffer: Int?

  // WebSockets
  /// Bytes of a message, after inflation; else close code 1009.
  package var message = 1 << 20
  package var outbox = OutboxLimits()
  /// For how long an outbox may stay full before its client is closed.
  package var outboxFull = Duration.seconds(5)
  package var pingInterval = Duration.seconds(15)
  /// For how long nothing at all may come from a client that is pinged.
  package var silence = Duration.seconds(40)
  /// For how long the other end may take to answer a close frame.
  package var closeHandshake = Duration.seconds(2)

  /// How often the times above are looked at.
  package var sweepInterval = Duration.milliseconds(250)

  package init() {}
}
