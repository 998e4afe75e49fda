/// Why a request of ours got no proper answer.
package enum ClientFailure: Error, Hashable, Sendable {
  /// The answer does not follow HTTP; says what was met.
  case malformedResponse(String)
  /// The connection ended before the answer did.
  case connectionLost
  /// The body is larger than the caller takes.
  case bodyTooLarge
}

/// The server answered a WebSocket's request like any other: with its reasons, mostly.
package struct UpgradeRefusal: Error, Sendable {
  package let response: ClientResponse
}
