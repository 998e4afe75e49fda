import CanonicalJSON
import StageKit

/// A checkpoint's envelope as it was read: every member but the payload.
package struct CheckpointHeader: Codable, Sendable, Hashable {
  package let format: String
  package let stage: StageID
  package let version: Int
  /// What the stage was run over.
  package let unit: UnitSubject
  /// Nil in parts and in what a person edited.
  package let key: Digest?
  package let content: Digest
  package let source: Digest
  package let upstream: [String: String]?
  package let options: JSONValue
  package let engines: [String: String]?
  package let recorded: JSONValue?
  /// The files that belong to the checkpoint, by name.
  package let files: [String: Digest]
  /// Each page's part by the page's number, as content digest or `gap:<code>`.
  package let parts: [String: String]?

  package static let currentFormat = "sheaf.checkpoint/1"

  /// The unit whose checkpoint it is.
  package var unitID: UnitID { UnitID(stage, unit) }

  /// What the key was made of; nil where the checkpoint has none.
  package var recipe: KeyRecipe? {
    guard let upstream, let engines, key != nil else { return nil }
    return KeyRecipe(
      unit: unitID, version: version, source: source, options: options, upstream: upstream, engines: engines)
  }
}
