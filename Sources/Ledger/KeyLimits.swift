/// How much a key may ask for; nil leaves a limit to the server's configuration.
package struct KeyLimits: Sendable, Hashable {
  /// Requests per second over a long time.
  package var rate: Double?
  /// Requests that may come at once after a rest.
  package var burst: Int?
  /// Requests that may be in work at the same time.
  package var concurrency: Int?

  package init(rate: Double? = nil, burst: Int? = nil, concurrency: Int? = nil) {
    self.rate = rate
    self.burst = burst
    self.concurrency = concurrency
  }
}
