import HTTPServer
import Ledger
import StageKit

/// A request in work that has an `Idempotency-Key`.
package struct IdempotentRequest: Sendable {
  private let taken: IdempotentPlace
  private let stored: StoredAnswer?
  private let expires: Double

  init(_ taken: IdempotentPlace, stored: StoredAnswer?, expires: Double) {
    self.taken = taken
    self.stored = stored
    self.expires = expires
  }

  /// Whether a request before it was answered.
  var isRepetition: Bool { stored != nil }

  /// The first request's answer, once it is known what this one asks for.
  ///
  /// - Returns: nil where this is the first.
  /// - Throws: `Problem` with `idempotency_mismatch` where the first asked for something else.
  package func replay(_ fingerprint: Digest) throws(Problem) -> Response? {
    guard let stored else { return nil }
    guard stored.fingerprint == fingerprint else {
      throw Problem(
        .idempotencyMismatch, "This Idempotency-Key came with another request before.", hint: "Take a new one.")
    }
    var response = Response.bytes(
      stored.body, HTTPStatus(rawValue: stored.status), type: stored.contentType)
    response.headers["Location"] = stored.location
    response.headers["Idempotency-Replayed"] = "true"
    return response
  }

  /// The answer as it is to be stored, in the transaction that makes it true.
  ///
  /// - Parameter response: with its body in memory.
  package func answer(_ response: Response, fingerprint: Digest) -> StoredAnswer {
    var body: [UInt8] = []
    if case .bytes(let bytes) = response.body { body = bytes }
    return StoredAnswer(
      scope: taken.place.scope, key: taken.place.key, fingerprint: fingerprint, status: response.status.rawValue,
      contentType: response.headers["Content-Type"] ?? "application/json", location: response.headers["Location"],
      body: body, expires: expires)
  }
}
