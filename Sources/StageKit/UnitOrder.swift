import CanonicalJSON

/// What the engine asks of a worker: one unit, fully determined.
package struct UnitOrder: Codable, Sendable, Hashable {
  package let unit: UnitID
  package let version: Int
  package let key: Digest
  package let source: Digest
  /// The stage's effective options, defaults included.
  package let options: JSONValue
  /// Every upstream unit by name, with its content digest or `gap:<code>`.
  package let upstream: [String: String]
  /// Engine versions, rule and language-data digests as keyed; the worker refuses the order where its own differ.
  package let engines: [String: String]
  /// The models that the unit may ask; nil for none.
  package let models: ModelOffer?
  /// The job's pages, ascending; empty for ingest, which finds them.
  package let pages: [Int]
  package let unreadablePages: [Int]
  package let password: String?
  /// The owner's scratch folder for this worker.
  package var scratch: String
  /// W3C trace context, for the worker's log lines.
  package let trace: String?

  package init(
    unit: UnitID, version: Int, key: Digest, source: Digest, options: JSONValue, upstream: [String: String],
    engines: [String: String], models: ModelOffer? = nil, pages: [Int], unreadablePages: [Int] = [],
    password: String? = nil, scratch: String,
    trace: String? = nil
  ) {
    self.unit = unit
    self.version = version
    self.key = key
    self.source = source
    self.options = options
    self.upstream = upstream
    self.engines = engines
    self.models = models
    self.pages = pages
    self.unreadablePages = unreadablePages
    self.password = password
    self.scratch = scratch
    self.trace = trace
  }
}
