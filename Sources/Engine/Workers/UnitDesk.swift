import CanonicalJSON
import Checkpoints
import Ledger
import StageKit
import WorkerChannel

#if canImport(Glibc)
  import Glibc
#endif

/// Where a running unit's requests are answered: opens what the order names and nothing else.
///
/// Used by one conversation at a time.
struct UnitDesk {
  private let assignment: Assignment
  private let store: any CheckpointStore
  private let documents: DocumentFolder
  /// The folder of the attempt's files.
  private let folder: String
  private let fileLimit: Int
  /// The paths of the files made so far, by name.
  private var outputs: [String: String] = [:]
  /// The same files, for whoever watches what they grow to.
  let written = OutputTally()
  private(set) var lastInput: Digest?

  init(_ assignment: Assignment, store: any CheckpointStore, documents: DocumentFolder, folder: String, fileLimit: Int)
  {
    self.assignment = assignment
    self.store = store
    self.documents = documents
    self.folder = folder
    self.fileLimit = fileLimit
  }

  /// An upstream checkpoint, or a file that belongs to it.
  mutating func input(_ unit: UnitID, file: String?) throws -> (OwnedDescriptor, FileRecord) {
    guard let checkpoint = assignment.inputs[unit] else { throw Self.notInOrder(unit) }
    let record: FileRecord
    if let file {
      guard let found = checkpoint.files.first(where: { $0.name == file }) else { throw Self.notInOrder(unit) }
      record = found
    } else {
      record = checkpoint.file
    }
    lastInput = record.digest
    return (try Self.descriptor(of: open(record.digest)), record)
  }

  /// A file on its way into the store lies where its attempt has left it, and is in the store before it is taken away
  /// from there. The worker verifies it wherever it is from.
  private func open(_ digest: Digest) throws -> InputFile {
    if let path = assignment.loose[digest] {
      let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      if descriptor >= 0 { return try InputFile(descriptor: descriptor) }
    }
    return try store.get(digest)
  }

  func document() throws -> OwnedDescriptor { try Self.descriptor(of: documents.open(assignment.order.source)) }

  /// The file for the unit's own checkpoint, which goes with the order; nil where it cannot be made now, so that the
  /// worker learns why when it asks.
  mutating func checkpoint() -> OwnedDescriptor? {
    // The worker's own request fails likewise, and its failure is the one that is told.
    try? output(assignment.unit.basename + ".json")
  }

  /// A new, empty file of the attempt.
  mutating func output(_ name: String) throws -> OwnedDescriptor {
    guard outputs.count < fileLimit else {
      throw StageFailure(
        .outputTooLarge, "The \(assignment.unit.stage.rawValue) stage made more than \(fileLimit) files.",
        page: assignment.unit.page)
    }
    guard outputs[name] == nil else { throw StageFailure(.internalError, "The file \(name) was asked for twice.") }
    try check(name)
    // The fence is never given twice, so no attempt meets another's files.
    let path = "\(folder)/\(assignment.lease.fence)-\(outputs.count)"
    let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      let code = errno
      throw code == ENOSPC || code == EDQUOT
        ? StageFailure(
          .outOfDisk, "There is no room for a result.", hint: "Free some space and resume.", retryable: true)
        : StageFailure(.inputOutput, "A result could not be opened (errno \(code)).", retryable: true)
    }
    outputs[name] = path
    written.add(path)
    return OwnedDescriptor(adopting: descriptor)
  }

  /// The files that a report speaks of, each one made by this very attempt.
  ///
  /// - Throws: `StageFailure` where the report does not fit the order.
  func files(of report: UnitReport) throws -> [AttemptFile] {
    guard report.checkpoint.unit == assignment.unit, report.engines == assignment.order.engines else {
      throw StageFailure(.internalError, "The worker answered another order.")
    }
    var files: [AttemptFile] = []
    for checkpoint in [report.checkpoint] + report.parts {
      guard checkpoint.unit.stage == assignment.unit.stage,
        checkpoint.file.name == checkpoint.unit.basename + ".json"
      else { throw StageFailure(.internalError, "The worker reported a checkpoint of another unit.") }
      for record in [checkpoint.file] + checkpoint.files {
        guard let path = outputs[record.name] else {
          throw StageFailure(.internalError, "The worker reported a file that it did not make.")
        }
        files.append(AttemptFile(path: path, record: record))
      }
    }
    return files
  }

  /// Removes what the attempt left.
  func sweep() {
    // What has been published is gone already, and what cannot be removed goes with the owner's folder.
    for path in outputs.values { unlink(path) }
  }

  private func check(_ name: String) throws {
    let unit = assignment.unit
    if name == unit.basename + ".json" { return }
    // A document stage leaves one part per page: `0007.json`.
    if unit.page == nil, let page = Int(name.prefix { $0 != "." }), name == UnitID.pageName(page) + ".json" { return }
    _ = try ArtifactName(name, of: unit)
  }

  private static func descriptor(of file: InputFile) throws -> OwnedDescriptor {
    let copy = fcntl(file.descriptor, F_DUPFD_CLOEXEC, 4)
    guard copy >= 0 else {
      throw StageFailure(.inputOutput, "No more files can be opened (errno \(errno)).", retryable: true)
    }
    return OwnedDescriptor(adopting: copy)
  }

  private static func notInOrder(_ unit: UnitID) -> StageFailure {
    StageFailure(.internalError, "The order does not name \(unit).")
  }
}
