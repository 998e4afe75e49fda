import Checkpoints
import Ledger
import StageKit

/// Examines everything in a data folder, and repairs it where it is asked to.
///
/// What is held in memory grows with the largest job and with the damage, never with the folder: objects are walked
/// folder by folder, rows page by page. Blocks; used from one thread.
package final class FolderCheck {
  package struct Plan: Sendable {
    /// Whether anything is written.
    package var repairs = false
    /// Makes the ledger anew from everything else.
    package var rebuilds = false
    /// The jobs to look at; nil for the whole folder.
    package var jobs: Set<JobID>?
    /// Whether an engine works in the folder: what it is about to change is then left out.
    package var isOwnedByAnother = false

    package init() {}
  }

  let folder: DataFolder
  let store: ObjectFolder
  let plan: Plan
  /// A folder for what is being made, swept with the owner.
  let workplace: String
  private let owner: String
  private let tell: (IntegrityFinding) -> Void
  var summary = IntegritySummary()
  /// Open as long as the ledger can be used.
  var ledger: LedgerInspection?
  /// Files that were found damaged: their other names are damaged with them.
  var damagedFiles: Set<FileIdentity> = []
  var toldObjects: Set<Digest> = []
  /// Objects whose length the ledger told wrongly.
  var toldLengths: Set<Digest> = []
  var lostSources: Set<Digest> = []
  /// Rows and names in one step.
  let pageSize = 500

  /// - Parameter owner: the holder of the lock, whose folder below `tmp` is used; nothing is put there unless it repairs.
  package init(_ folder: DataFolder, plan: Plan, owner: String, tell: @escaping (IntegrityFinding) -> Void) {
    self.folder = folder
    self.plan = plan
    self.tell = tell
    store = ObjectFolder(folder)
    workplace = folder.temporary(of: owner)
    self.owner = owner
  }

  /// - Throws: `StageFailure`, `LedgerFailure` where the folder cannot be read or written.
  package func run() throws -> IntegritySummary {
    defer {
      // What was written is durable; the first failure is the one to tell.
      try? ledger?.close()
      ledger = nil
    }
    if plan.repairs {
      try folder.create()
      try folder.createTemporary(of: owner)
    }
    try checkLedger()
    try checkDocuments()
    try checkObjects()
    if let ledger {
      try checkResults(ledger)
      try checkJobs(ledger)
    }
    if plan.jobs == nil { try checkLeftovers() }
    return summary
  }

  // MARK: Telling

  /// Tells something that repairing puts right, and puts it right.
  func mend(
    _ code: FindingCode, _ path: String, _ message: String, affected: [IntegrityFinding.Affected] = [], would: String,
    did: String, _ repair: () throws -> Void
  ) rethrows {
    if plan.repairs { try repair() }
    say(code, path, message, affected, plan.repairs ? .healed : .repairable, plan.repairs ? did : would)
  }

  func note(
    _ code: FindingCode, _ path: String, _ message: String, affected: [IntegrityFinding.Affected] = [],
    remedy: String? = nil
  ) {
    say(code, path, message, affected, .note, remedy)
  }

  func lose(
    _ code: FindingCode, _ path: String, _ message: String, affected: [IntegrityFinding.Affected], remedy: String
  ) {
    say(code, path, message, affected, .lost, remedy)
  }

  private func say(
    _ code: FindingCode, _ path: String, _ message: String, _ affected: [IntegrityFinding.Affected],
    _ grade: IntegrityFinding.Grade, _ remedy: String?
  ) {
    let finding = IntegrityFinding(
      code: code, path: relative(path), message: message, affected: affected, grade: grade, remedy: remedy)
    summary.count(finding)
    tell(finding)
  }

  private func relative(_ path: String) -> String {
    path.hasPrefix(folder.path + "/") ? String(path.dropFirst(folder.path.count + 1)) : path
  }

  // MARK: Reading

  /// A document's digest, counted.
  func digest(ofDocument file: FileSurvey) throws -> Digest? {
    count(file)
    return try file.digest()
  }

  /// The digest of an object or of a link to one, counted; nil where it cannot be decompressed.
  func digest(of file: FileSurvey) throws -> Digest? {
    count(file)
    return try file.storedDigest()
  }

  private func count(_ file: FileSurvey) {
    summary.files += 1
    summary.bytes += file.length
  }

  func isWanted(_ job: JobID) -> Bool { plan.jobs?.contains(job) ?? true }
}
