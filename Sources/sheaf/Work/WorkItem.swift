import Checkpoints
import Ledger
import StageKit

/// A job that a command works on, and how its results are delivered.
struct WorkItem: Sendable {
  let job: JobID
  let name: OutputName
  /// The document's path, where this command was given it.
  let input: String?
  let source: ReceivedDocument
  /// The exports to deliver; nil for all that the job has.
  let formats: [ExportFormat]?
  /// False where another job of the command has the name: two results never share one.
  let isDelivered: Bool

  init(
    job: JobID, name: OutputName, input: String?, source: ReceivedDocument, formats: [ExportFormat]? = nil,
    isDelivered: Bool = true
  ) {
    self.job = job
    self.name = name
    self.input = input
    self.source = source
    self.formats = formats
    self.isDelivered = isDelivered
  }

  /// A job that is there already.
  init(_ record: JobRecord, formats: [ExportFormat]? = nil, isDelivered: Bool = true) {
    let manifest = record.manifest
    self.init(
      job: manifest.id, name: OutputName(manifest.name), input: nil,
      source: ReceivedDocument(digest: manifest.source, length: manifest.sourceLength), formats: formats,
      isDelivered: isDelivered)
  }

  /// Jobs that are there already; of those of one name the first is delivered.
  static func list(_ records: [JobRecord]) -> [(record: JobRecord, item: WorkItem)] {
    var names: Set<OutputName> = []
    return records.map { record in
      (record, WorkItem(record, isDelivered: names.insert(OutputName(record.manifest.name)).inserted))
    }
  }
}
