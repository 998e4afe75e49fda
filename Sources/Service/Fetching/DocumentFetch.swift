import Curl
import Engine

/// One document on its way, on a thread that may wait.
struct DocumentFetch {
  let configuration: FetchConfiguration
  let rule: AddressRule
  let cancellation: TransferCancellation
  let document: SpooledDocument

  /// - Returns: what its server calls it, else the end of the URL.
  /// - Throws: `TransferFailure`, `Problem`, or what the spool throws.
  func run(from first: WebAddress) throws -> String {
    let began = ContinuousClock.now
    var address = first
    for _ in 0...configuration.redirects {
      let left = configuration.time - (ContinuousClock.now - began)
      guard left > .zero else { throw TransferFailure.timedOut }
      let request = TransferRequest(.get, address, limits: configuration.limits(within: left))
      let answer = try Transfer.perform(request, rule: rule, cancellation: cancellation) { status, bytes in
        // What comes with a redirect or an error is no document.
        guard status == 200 else { return }
        try document.write(bytes)
      }
      if let next = try redirect(answer, from: address) {
        address = next
        continue
      }
      guard answer.status == 200 else {
        throw Problem(.fetchFailed, "The document's server answered \(answer.status).", retryable: answer.status >= 500)
      }
      guard document.length > 0 else { throw Problem(.fetchFailed, "The document's server sent nothing.") }
      return FetchedName.of(answer, from: address)
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
