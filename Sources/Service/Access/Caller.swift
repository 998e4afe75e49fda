import Ledger

/// Who asks, once that is known.
package struct Caller: Sendable, Hashable {
  /// The key's id; empty for those without a key.
  package let keyID: String
  /// Whose jobs the caller submits: the key's name. Empty where there are no keys, and on the command line.
  package let name: String
  package let role: KeyRole

  package init(keyID: String, name: String, role: KeyRole) {
    self.keyID = keyID
    self.name = name
    self.role = role
  }

  init(_ key: APIKeyRecord) {
    self.init(keyID: key.id, name: key.name, role: key.role)
  }

  /// Anybody, where no authentication is asked for.
  package static let anybody = Caller(keyID: "", name: "", role: .admin)

  /// Of the request whose handler runs; nil on the few paths that are open to all.
  @TaskLocal package static var current: Caller?

  /// Whether the caller may know of a job, given whose it is.
  package func sees(jobsOf owner: String) -> Bool { role == .admin || owner == name }

  /// Whose jobs a list is limited to; nil for everybody's.
  package var listedOwner: String? { role == .admin ? nil : name }
}
