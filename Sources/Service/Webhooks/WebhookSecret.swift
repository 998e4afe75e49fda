import Foundation

import struct Crypto.HMAC
import struct Crypto.SHA256
import struct Crypto.SymmetricKey

/// What webhooks are signed with: `whsec_` and Base64 of 24 to 64 bytes.
///
/// - Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
package struct WebhookSecret: Sendable, Hashable {
  private let key: [UInt8]

  /// Nil for a text of another form.
  package init?(_ text: String) {
    guard text.hasPrefix(Self.prefix), let key = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))),
      Self.lengths.contains(key.count)
    else { return nil }
    self.key = Array(key)
  }

  /// The signature of a message: `v1,<Base64>`.
  package func signature(id: String, timestamp: Int, body: [UInt8]) -> String {
    let signed = Array("\(id).\(timestamp).".utf8) + body
    let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: key))
    return "v1," + Data(code).base64EncodedString()
  }

  private static let prefix = "whsec_"
  private static let lengths = 24...64  // bytes
}
