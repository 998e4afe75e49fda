/// Whoever wants to hear of each request, for logs and metrics. Called on the loop's thread: be brief.
package protocol ServerObserver: Sendable {
  /// A response was handed to the socket entirely, or its connection was lost.
  func finished(_ exchange: ExchangeSummary)
  /// A handler threw what is no `HTTPFailure`; the client was told 500.
  func handlerFailed(_ error: any Error, _ request: Request)
}

extension ServerObserver {
  package func finished(_ exchange: ExchangeSummary) {}
  package func handlerFailed(_ error: any Error, _ request: Request) {}
}
