import StageKit

/// What a request with an `Idempotency-Key` was answered, kept to be given again.
package struct StoredAnswer: Sendable, Hashable {
  /// Whose key it is: the API key's id, empty where none is needed.
  package let scope: String
  /// As the client chose it.
  package let key: String
  /// Tells another payload under the same key apart.
  package let fingerprint: Digest
  package let status: Int
  package let contentType: String
  /// The answer's `Location`.
  package let location: String?
  /// Some kilobytes at most: whoever stores it sees to that.
  package let body: [UInt8]
  /// Seconds since 1970, after which the key is as good as new.
  package let expires: Double

  package init(
    scope: String, key: String, fingerprint: Digest, status: Int, contentType: String, location: String?,
    body: [UInt8], expires: Double
  ) {
    self.scope = scope
    self.key = key
    self.fingerprint = fingerprint
    self.status = status
    self.contentType = contentType
    self.location = location
    self.body = body
    self.expires = expires
  }
}
