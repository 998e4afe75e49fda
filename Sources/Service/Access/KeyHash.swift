import struct Crypto.HMAC
import struct Crypto.SHA256
import struct Crypto.SymmetricKey

/// What is stored of a key instead of itself.
///
/// One round of HMAC-SHA256 under a salt: a key is 260 random bits, so there is nothing that a slow hash, made for
/// passwords, would protect better.
struct KeyHash: Sendable {
  let salt: [UInt8]
  let hash: [UInt8]

  /// With a new salt.
  init(of key: KeyText) {
    var generator = SystemRandomNumberGenerator()
    salt = (0..<Self.saltLength).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    hash = Array(HMAC<SHA256>.authenticationCode(for: Array(key.text.utf8), using: SymmetricKey(data: salt)))
  }

  init(salt: [UInt8], hash: [UInt8]) {
    self.salt = salt
    self.hash = hash
  }

  /// In a time that does not depend on where they differ.
  func matches(_ key: KeyText) -> Bool {
    HMAC<SHA256>.isValidAuthenticationCode(
      hash, authenticating: Array(key.text.utf8), using: SymmetricKey(data: salt))
  }

  private static let saltLength = 16
}
