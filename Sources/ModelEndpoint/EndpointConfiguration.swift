import Curl
import StageKit

/// Where language models are served, and what a question may take.
package struct EndpointConfiguration: Sendable {
  /// What `/chat/completions` is appended to: `http://127.0.0.1:11434/v1`.
  package var base: WebAddress
  package var models: ModelOffer
  /// Sent as a bearer token; nil for an endpoint that asks for none.
  package var key: String?
  /// For how long one try may take.
  package var timeout: Duration
  /// Questions at the same time.
  package var concurrency: Int

  package init(
    base: WebAddress, models: ModelOffer, key: String? = nil, timeout: Duration = .seconds(120), concurrency: Int = 2
  ) {
    self.base = base
    self.models = models
    self.key = key
    self.timeout = timeout
    self.concurrency = concurrency
  }
}
