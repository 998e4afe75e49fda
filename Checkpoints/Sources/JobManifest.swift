import StageKit

/// What stands in a job's `job.json`: enough to bring the job back if the ledger is lost.
package struct JobManifest: Codable, Sendable, Hashable {
  package let format: String
  package let id: JobID
  /// The document's name as given, for people; never part of a path.
  package let name: String
  package let source: Digest
  package let sourceLength: Int
  package var settings: JobSettings
  package var state: JobState
  /// Why it stands there, where that is not plain: the failure of a failed or paused job.
  package var failure: StageFailure?
  /// Whose it is: empty on the command line, a key's name in the server.
  package let owner: String
  /// ISO 8601, UTC.
  package let created: String

  /// The trace that submitted it, as a W3C `traceparent`; nil where none did.
  package let trace: String?

  package static let currentFormat = "sheaf.job/1"

  package init(
    id: JobID, name: String, source: Digest, sourceLength: Int, settings: JobSettings, state: JobState,
    failure: StageFailure? = nil, owner: String, created: String, trace: String? = nil
  ) {
    format = Self.currentFormat
    self.id = id
    self.name = name
    self.source = source
    self.sourceLength = sourceLength
    self.settings = settings
    self.state = state
    self.failure = failure
    self.owner = owner
    self.created = created
    self.trace = trace
  }
}
