import CanonicalJSON
import StageKit

/// All that a unit's output depends on; its digest is the unit's key.
///
/// Kept whole, so that two recipes can be laid side by side when somebody asks why a unit ran again.
package struct KeyRecipe: Codable, Sendable, Hashable {
  /// Grows when keys are made in another way, so that old ones are never met again.
  package let format: String
  package let stage: StageID
  package let version: Int
  package let unit: UnitSubject
  package let source: Digest
  /// The stage's effective options, defaults included.
  package let options: JSONValue
  /// Every upstream unit by name, with its content digest or `gap:<code>`.
  package let upstream: [String: String]
  /// Engine versions, rule digests and language-data digests, each under a name of its own.
  package let engines: [String: String]

  package static let currentFormat = "sheaf.key/1"

  package init(
    unit: UnitID, version: Int, source: Digest, options: JSONValue, upstream: [String: String],
    engines: [String: String]
  ) {
    format = Self.currentFormat
    stage = unit.stage
    self.version = version
    self.unit = unit.subject
    self.source = source
    self.options = options
    self.upstream = upstream
    self.engines = engines
  }

  /// SHA-256 of this recipe's canonical JSON.
  ///
  /// - Throws: for options that JSON cannot hold.
  package func digest() throws -> Digest { Digest(of: try CanonicalEncoder().encode(self)) }
}
