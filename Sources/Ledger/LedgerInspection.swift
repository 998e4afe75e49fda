import Checkpoints
import GRDB
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// Looks through a whole ledger step by step, and changes it, without an engine: for checking, collecting and
/// rebuilding a data folder.
///
/// Every call blocks, and throws `LedgerFailure`. Writing is only for the holder of the owner's lock.
package final class LedgerInspection: Sendable {
  let queue: DatabaseQueue
  private let clock: any LedgerClock

  /// - Parameters:
  ///   - writable: makes the file where there is none, and brings an older one up to date.
  ///   - isQuiet: for readers: nobody writes meanwhile, so that no file beside the ledger is needed, unless its log
  ///     holds something.
  /// - Throws: `LedgerFailure.missing`, `.tooOld` for readers; `.tooNew`, `.corrupt`, `.storage`.
  package init(
    path: String, writable: Bool, isQuiet: Bool = false, clock: any LedgerClock = SystemClock()
  ) throws {
    if !writable, access(path, F_OK) != 0, errno == ENOENT { throw LedgerFailure.missing(path: path) }
    self.clock = clock
    queue = try LedgerFailure.translating {
      let hasLog = try RawFile(path + "-wal", writable: false).map { $0.length > 0 } ?? false
      let name = isQuiet && !writable && !hasLog ? try LedgerProtection.immutable(path) : path
      guard writable else {
        let queue = try DatabaseQueue(path: name, configuration: .ledger(readOnly: true))
        try queue.read(LedgerSchema.check)
        return queue
      }
      let queue = try LedgerProtection.open(path) {
        let queue = try DatabaseQueue(path: path, configuration: .ledger(readOnly: false))
        try queue.writeWithoutTransaction {
          try $0.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        }
        return queue
      }
      try LedgerSchema.migrate(queue)
      return queue
    }
  }

  /// Moves the WAL into the file and closes it.
  package func close() throws {
    try LedgerFailure.translating {
      if !queue.configuration.readonly {
        do {
          _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        } catch DatabaseError.SQLITE_BUSY, DatabaseError.SQLITE_LOCKED {
          // Another process is reading: the WAL stays, complete and durable.
        }
      }
      try queue.close()
    }
  }

  // MARK: What is there

  /// What SQLite finds wrong with the structure, and rows that name rows which are not there; at most a hundred.
  package func structuralProblems() throws -> [String] {
    try read { database in
      let found = try String.fetchAll(database, sql: "PRAGMA integrity_check(100)").filter { $0 != "ok" }
      let broken = try database.foreignKeyViolations().next() == nil
      return found + (broken ? [] : ["a row names another that is not there"])
    }
  }

  /// By id, from just after one; buried jobs too.
  package func jobs(after last: JobID?, limit: Int) throws -> [JobRecord] {
    try read { try $0.all(InspectionQuery.jobs, [last?.text ?? "", limit], JobRecord.init) }
  }

  package func job(_ id: JobID) throws -> JobRecord? { try read { try $0.job(id) } }

  /// By digest, from just after one.
  package func documents(after last: Digest?, limit: Int) throws -> [ReceivedDocument] {
    try read { database in
      try database.all(InspectionQuery.documents, [last?.hex ?? "", limit]) { row in
        ReceivedDocument(digest: try row.decode(atIndex: 0), length: try row.decode(atIndex: 1))
      }
    }
  }

  package func units(of job: JobID) throws -> [UnitRecord] {
    try read { try $0.all(UnitQuery.ofJob, [job], UnitRecord.init) }
  }

  package func pins(of job: JobID) throws -> [PinEntry] { try read { try $0.pins(of: job) } }

  package func history(of job: JobID) throws -> [HistoryEntry] { try read { try $0.history(of: job, unit: nil) } }

  /// Something a job keeps: a pin, or a replaced checkpoint by its number.
  package struct KeptVersion: Sendable, Hashable {
    package let job: JobID
    package let unit: UnitID
    /// 0 for a pin.
    package let number: Int
  }

  /// The pins and replaced checkpoints that an object is, or belongs to.
  package func keptVersions(ofObject object: Digest) throws -> [KeptVersion] {
    try read { database in
      try [InspectionQuery.pinsOfObject, .historyOfObject, .keptFilesOfObject].flatMap { query in
        try database.all(query, [object]) { row in
          KeptVersion(
            job: try row.decode(atIndex: 0), unit: try row.decode(atIndex: 1), number: try row.decode(atIndex: 2))
        }
      }
    }
  }

  /// Artifacts in the order of their numbers, from just after one.
  ///
  /// - Parameter idle: only those that no unit names.
  package func artifacts(after last: Int64, idle: Bool = false, limit: Int) throws -> [(number: Int64, key: Digest)] {
    try read { database in
      try database.all(idle ? InspectionQuery.idleArtifacts : .artifacts, [last, limit]) { row in
        (try row.decode(atIndex: 0), try row.decode(atIndex: 1))
      }
    }
  }

  package func artifacts(keys: [Digest]) throws -> [Digest: ArtifactRecord] {
    try read { try $0.artifacts(keys: keys) }
  }

  /// The keys whose artifacts an object is part of.
  package func keys(ofObject object: Digest) throws -> [Digest] {
    try read { try $0.all(InspectionQuery.keysOfObject, [object]) { try $0.decode(atIndex: 0) } }
  }

  /// The keys whose own checkpoint an object is.
  package func keys(ofCheckpoint object: Digest) throws -> [Digest] {
    try read { try $0.all(InspectionQuery.keysOfCheckpoint, [object]) { try $0.decode(atIndex: 0) } }
  }

  /// The units that name a key.
  package func units(ofKey key: Digest) throws -> [(job: JobID, unit: UnitID)] {
    try read { database in
      try database.all(InspectionQuery.unitsOfKey, [key]) { (try $0.decode(atIndex: 0), try $0.decode(atIndex: 1)) }
    }
  }

  /// The living jobs over a document.
  package func jobs(ofSource source: Digest) throws -> [JobID] {
    try read { try $0.all(InspectionQuery.jobsOfSource, [source]) { try $0.decode(atIndex: 0) } }
  }

  /// Which of these any artifact, document or pin names.
  package func knownObjects(among digests: [Digest]) throws -> Set<Digest> {
    try read { try $0.knownObjects(among: digests) }
  }

  /// The keys of a job's attempts in the order they began, from just after a fence.
  package func attempts(of job: JobID, after fence: Int64, limit: Int) throws -> [(fence: Int64, key: Digest)] {
    try read { database in
      try database.all(InspectionQuery.attempts, [job, fence, limit]) { row in
        (try row.decode(atIndex: 0), try row.decode(atIndex: 1))
      }
    }
  }

  // MARK: Changes

  /// Applies changes together, durably.
  @discardableResult
  package func apply(_ changes: [LedgerChange]) throws -> [JobEvent] { try write { try $0.apply(changes) } }

  package func create(_ job: JobRecord, units: [UnitRecord]) throws {
    _ = try write { try $0.create(job, units: units, with: []) }
  }

  /// Puts what a manifest says in place of what a job's row says.
  package func replace(_ manifest: JobManifest) throws {
    try write { transaction in
      try transaction.database.run(
        InspectionQuery.replaceManifest,
        [
          manifest.id, manifest.name, JSONColumn(manifest.settings), manifest.state, JSONColumn.ifAny(manifest.failure),
          manifest.owner, manifest.created,
        ])
    }
  }

  /// Notes a document that is there.
  package func add(_ document: ReceivedDocument) throws {
    try write { _ = try $0.database.run(JobQuery.insertDocument, [document.digest, document.length]) }
  }

  /// Whether a job keeps an object for itself: in a pin, as what a pin is based on, or as a replaced version.
  package func isKept(_ object: Digest) throws -> Bool {
    if try !keptVersions(ofObject: object).isEmpty { return true }
    return try !pins(basedOn: object).isEmpty
  }

  /// The pins that were made over an object.
  package func pins(basedOn object: Digest) throws -> [(job: JobID, unit: UnitID)] {
    try read { database in
      try database.all(InspectionQuery.basesOfObject, [object]) {
        (try $0.decode(atIndex: 0), try $0.decode(atIndex: 1))
      }
    }
  }

  /// Removes a buried job's rows.
  /// Whether a file was removed for want of room: its unit makes it again when it is needed.
  package func isDropped(_ object: Digest) throws -> Bool {
    try read { try $0.exists(RetentionQuery.isDropped, [object]) }
  }

  package func removeRows(of job: JobID) throws {
    while try write({ try $0.removeSomeRows(of: job) }) {}
  }

  /// Forgets a replaced checkpoint whose bytes are lost.
  package func removeHistory(_ version: KeptVersion) throws {
    try write { transaction in
      let place: StatementArguments = [version.job, version.unit, version.number]
      try transaction.database.run(InspectionQuery.removeHistory, place)
      try transaction.database.run(HistoryQuery.removeFiles, place)
    }
  }

  /// Forgets a document that no job names; true where it was forgotten.
  package func removeDocument(_ digest: Digest) throws -> Bool {
    try write { try $0.database.run(JobQuery.removeDocument, [digest]) > 0 }
  }

  /// Corrects the length of a document whose bytes are known to be its own.
  package func setLength(_ length: Int, ofDocument digest: Digest) throws {
    try write { _ = try $0.database.run(InspectionQuery.setDocumentLength, [digest, length]) }
  }

  /// Corrects the length of an object whose bytes are known to be its own, wherever it is named.
  package func setLength(_ length: Int, ofObject digest: Digest) throws {
    try write { transaction in
      for query in InspectionQuery.objectLengths { _ = try transaction.database.run(query, [digest, length]) }
    }
  }

  /// Makes a ledger that was put together from what could be saved agree with itself.
  package func mend() throws {
    try write { transaction in
      for query in InspectionQuery.allCases where query.walksAll { try transaction.database.run(query, []) }
    }
  }

  func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try LedgerFailure.translating { try queue.read(body) }
  }

  @discardableResult
  func write<Value>(_ body: (LedgerTransaction) throws -> Value) throws -> Value {
    let now = clock.now()
    return try LedgerFailure.translating {
      try queue.write { try body(LedgerTransaction(database: $0, now: now)) }
    }
  }
}
