import Checkpoints
import Ledger

/// In whose name a request is made.
package struct Principal: Sendable, Hashable {
  package typealias Role = KeyRole

  /// The key's id; empty for those without a key.
  package let keyID: String
  /// The key's name: jobs belong to it. Empty where the server asks for no keys.
  package let name: String
  package let role: Role

  package init(keyID: String = "", name: String, role: Role) {
    self.keyID = keyID
    self.name = name
    self.role = role
  }

  /// Whoever reaches a server that asks for no keys.
  package static let anyone = Principal(name: "", role: .admin)

  /// Whoever asks for what is open to all, on a server that asks for keys: no key has this name, so nothing is theirs.
  static let stranger = Principal(name: "?", role: .read)

  init(_ key: APIKeyRecord) {
    self.init(keyID: key.id, name: key.name, role: key.role)
  }

  /// Who makes the request that the current task answers.
  @TaskLocal package static var current = Principal.anyone

  /// Whether a job is theirs, or they are an admin.
  package func maySee(_ job: JobRecord) -> Bool { role == .admin || job.manifest.owner == name }

  /// Whose jobs a list shows; nil for everybody's.
  package var visibleOwner: String? { role == .admin ? nil : name }

  /// - Throws: `Problem` with `forbidden`.
  package func require(_ needed: Role) throws(Problem) {
    guard role >= needed else {
      throw Problem(
        .forbidden, "This key may not do that.", hint: "It takes a key with the role \(needed.rawValue).")
    }
  }
}
