import CanonicalJSON
import Checkpoints
import StageKit

/// A unit whose upstream is settled: everything its key is made of.
struct UnitWork: Sendable {
  let unit: UnitID
  let version: Int
  let options: JSONValue
  let engines: [String: String]
  /// The models that it may ask; nil for an ordinary unit.
  let models: ModelOffer?
  let upstream: [String: String]
  let source: Digest
  let key: Digest

  /// - Throws: `StageFailure` with `language_data_missing` where the options name a language that is not installed.
  init(
    _ unit: UnitID, row: StageDescriptor, options: JSONValue, models: ModelOffer?, upstream: [String: String],
    source: Digest
  ) throws {
    self.unit = unit
    self.options = options
    self.upstream = upstream
    self.source = source
    version = row.version
    self.models = row.models(with: options, of: models)
    engines = try row.keyed(options: options, models: self.models)
    key = try UnitKey.digest(
      of: unit, version: version, source: source, options: options, upstream: upstream, engines: engines)
  }

  /// The key of the same work with pages left untouched because earlier attempts died on them: a result that lacks them
  /// must never be taken for the whole one.
  func key(without pages: Set<Int>) throws -> Digest {
    guard !pages.isEmpty else { return key }
    var upstream = upstream
    for page in pages { upstream["page/\(page)"] = UnitKey.reference(to: .pageUnreadable) }
    return try UnitKey.digest(
      of: unit, version: version, source: source, options: options, upstream: upstream, engines: engines)
  }
}
