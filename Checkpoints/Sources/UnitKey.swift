import CanonicalJSON
import StageKit

/// Names a unit's result by what it depends on: where a complete result stands under the key, the unit is done.
package enum UnitKey {
  /// - Parameters:
  ///   - options: the stage's effective options, and no others.
  ///   - upstream: every upstream unit by name, with `reference(to:)` its content or gap.
  ///   - engines: engine versions, rule digests and language-data digests, each under a name of its own.
  package static func digest(
    of unit: UnitID, version: Int, source: Digest, options: JSONValue, upstream: [String: String],
    engines: [String: String]
  ) throws -> Digest {
    try KeyRecipe(
      unit: unit, version: version, source: source, options: options, upstream: upstream, engines: engines
    ).digest()
  }

  /// How a gap stands where a content digest would.
  package static func reference(to gap: GapCode) -> String { "gap:" + gap.rawValue }

  /// How a result stands upstream: by its content, whatever made it.
  package static func reference(to content: Digest) -> String { content.description }

  /// The gap in an upstream reference; nil for a content digest.
  package static func gap(in reference: String) -> GapCode? {
    reference.hasPrefix("gap:") ? GapCode(rawValue: String(reference.dropFirst(4))) : nil
  }
}
