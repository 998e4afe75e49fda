import Curl

/// How documents are fetched by URL.
package struct FetchConfiguration: Sendable {
  /// Fetched at the same time; as many more may wait.
  package var concurrency = 4
  package var redirects = 5
  /// Bytes of a document.
  package var documentLimit = 2 << 30
  /// Of all its redirects together.
  package var time = Duration.seconds(120)
  var connectTime = Duration.seconds(10)
  var stall = Duration.seconds(15)
  package var guardian = AddressGuard()

  package init() {}

  package init(_ settings: ServiceConfiguration) {
    concurrency = settings[Settings.fetchConcurrency]
    documentLimit = settings[Settings.documentSize] << 20
    time = .seconds(settings[Settings.fetchTime])
    guardian = AddressGuard(settings)
  }

  func limits(within time: Duration) -> TransferLimits {
    TransferLimits(connect: min(connectTime, time), total: time, stall: stall, body: documentLimit)
  }
}
