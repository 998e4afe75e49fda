import EventLoop

/// How a server is to behave.
package struct ServerConfiguration: Sendable {
  package var limits = ServerLimits()
  /// Names that `Host` may have, without port; nil allows any. Against DNS rebinding: a page of another site that
  /// resolves its own name to this machine is refused with 421.
  package var allowedHosts: Set<String>?
  /// Origins (`https://example.org`) that a WebSocket or an unsafe method may come from; nil allows any. A request
  /// without `Origin`, as programs send it, is allowed. Others get 403. Same-origin requests are always allowed.
  package var allowedOrigins: Set<String>?
  /// Proxies whose `X-Forwarded-For` is believed.
  package var trustedProxies: [IPNetwork] = []
  /// Makes a response of a failure; the default is RFC 9457's `application/problem+json`.
  package var renderFailure: @Sendable (HTTPFailure) -> Response = { ProblemDocument.response($0) }
  /// Told of what happens, on the loop's thread.
  package var observer: (any ServerObserver)?

  package init() {}
}
