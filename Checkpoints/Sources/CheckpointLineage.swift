import CanonicalJSON
import StageKit

/// What made a checkpoint: everything in its envelope that a part leaves out, so that equal parts are equal files.
package struct CheckpointLineage: Sendable, Hashable {
  package let key: Digest
  /// Every upstream unit by name, with its content digest or `gap:<code>`.
  package let upstream: [String: String]
  /// Versions of native engines, digests of rules and language data, as keyed.
  package let engines: [String: String]
  /// Told by `explain` and `verify`, not keyed; nil where there is nothing to tell.
  package let recorded: JSONValue?
  /// Every page's part with its content digest or `gap:<code>`; nil for stages without parts.
  package let parts: [Int: String]?

  package init(
    key: Digest, upstream: [String: String], engines: [String: String], recorded: JSONValue? = nil,
    parts: [Int: String]? = nil
  ) {
    self.key = key
    self.upstream = upstream
    self.engines = engines
    self.recorded = recorded
    self.parts = parts
  }
}
