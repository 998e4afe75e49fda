import StageKit

/// Why a worker's file name was refused.
package struct InvalidArtifactName: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Reason: String, Sendable {
    case tooLong = "is too long"
    case letters = "has letters that no name may have"
    case folders = "has too many folders or an empty part"
    case hidden = "has a part that begins with a dot"
    case foreign = "does not begin with the unit's own name"
    case checkpoint = "is the name of the checkpoint itself"
  }

  /// Cut where it is too long.
  package let name: String
  package let unit: UnitID
  package let reason: Reason

  package var description: String { "The file name \"\(name)\" of \(unit) \(reason.rawValue)." }
}
