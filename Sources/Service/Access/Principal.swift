import Checkpoints
import Ledger

/// In whose name a request is made.
package struct Principal: Sendable, Hashable {
  /// What a caller may do; each may what those before it may.
  package enum Role: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    case read, submit, admin

    package static func < (a: Role, b: Role) -> Bool {
      // allCases holds every case, so both are found.
      (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
    }
  }

  /// The key's name: jobs belong to it. Empty where the server asks for no keys.
  package let name: String
  package let role: Role

  package init(name: String, role: Role) {
    self.name = name
    self.role = role
  }

  /// Whoever reaches a server that asks for no keys.
  package static let anyone = Principal(name: "", role: .admin)

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
