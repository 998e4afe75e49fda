/// An API key as it is stored: all but the key itself, of which only a salted hash is kept.
package struct APIKeyRecord: Sendable, Hashable {
  /// The part of the key by which its row is found; not secret.
  package let id: String
  /// Whose jobs it sees and submits. Two keys may share a name, so that one can replace the other.
  package let name: String
  package let role: KeyRole
  package let salt: [UInt8]
  package let hash: [UInt8]
  /// Requests per second and at once; nil for what the server's configuration says.
  package let limits: KeyLimits
  /// Seconds since 1970.
  package let created: Double
  /// Seconds since 1970; nil while it is good.
  package var revoked: Double?

  package init(
    id: String, name: String, role: KeyRole, salt: [UInt8], hash: [UInt8], limits: KeyLimits = KeyLimits(),
    created: Double, revoked: Double? = nil
  ) {
    self.id = id
    self.name = name
    self.role = role
    self.salt = salt
    self.hash = hash
    self.limits = limits
    self.created = created
    self.revoked = revoked
  }
}
