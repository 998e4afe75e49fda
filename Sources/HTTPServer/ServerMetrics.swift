import EventLoop

/// What a server counts, for whoever publishes it.
package final class ServerMetrics: Sendable {
  /// Connections that are open now.
  package let connections = Counter()
  package let accepted = Counter()
  /// Connections closed as they came: over the cap, or no descriptors left.
  package let refused = Counter()
  package let requests = Counter()
  /// Requests that the server itself refused as malformed.
  package let malformed = Counter()
  /// Connections closed because a time limit passed.
  package let timeouts = Counter()
  package let bytesReceived = Counter()
  package let bytesSent = Counter()

  /// WebSockets that are open now.
  package let webSockets = Counter()
  package let messagesReceived = Counter()
  package let framesSent = Counter()
  /// Frames that a full outbox let go of.
  package let framesDropped = Counter()
  /// Frames that a newer one of the same key replaced.
  package let framesCoalesced = Counter()
  /// WebSockets closed because their client was too slow.
  package let slowClients = Counter()
  /// WebSockets closed because nothing came from the client any more.
  package let deadPeers = Counter()
  package let pingRoundTrip = Histogram()

  init() {}
}
