import Checkpoints
import Curl

/// One document on its way, on a thread that may wait.
struct DocumentFetch {
  let configuration: FetchConfiguration
  let rule: AddressRule
  let cancellation: TransferCancellation
  let makeSpool: @Sendable () throws -> DocumentSpool

  /// - Throws: `TransferFailure`, `Problem`, or what the spool throws.
  func run(from first: WebAddress) throws -> FetchedDocument {
    let began = ContinuousClock.now
    var address = first
    for _ in 0...configuration.redirects {
      let left = configuration.time - (ContinuousClock.now - began)
      guard left > .zero else { throw TransferFailure.timedOut }
      var spool: DocumentSpool?
      let request = TransferRequest(.get, address, limits: configuration.limits(within: left))
      let answer = try Transfer.perform(request, rule: rule, cancellation: cancellation) { status, bytes in
        // What comes with a redirect or an error is no document.
        guard status == 200 else { return }
        if spool == nil { spool = try makeSpool() }
        try spool?.write(bytes)
      }
      if let next = try redirect(answer, from: address) {
        address = next
        continue
      }
      guard answer.status == 200 else {
        throw Problem(.fetchFailed, "The document's server answered \(answer.status).", retryable: answer.status >= 500)
      }
      guard let spool else { throw Problem(.fetchFailed, "The document's server sent nothing.") }
      return FetchedDocument(document: try spool.finish(), name: FetchedName.of(answer, from: address))
    }
    throw Problem(.fetchFailed, "The document's server redirects too often.")
  }

  /// Every redirect is a request of its own, whose address is looked at like the first one's.
  private func redirect(_ answer: TransferAnswer, from address: WebAddress) throws(Problem) -> WebAddress? {
    guard [301, 302, 303, 307, 308].contains(answer.status) else { return nil }
    guard let location = answer.header("Location") else {
      throw Problem(.fetchFailed, "The document's server redirects to nowhere.")
    }
    let next: WebAddress
    do { next = try address.resolving(location) } catch {
      throw Problem(.fetchRefused, "The document's server redirects to what is no http or https URL.")
    }
    guard next.isSecure || !address.isSecure else {
      throw Problem(.fetchRefused, "The document's server redirects from https to http.")
    }
    return next
  }
}
