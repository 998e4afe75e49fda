import Checkpoints
import Ledger
import StageKit

/// Removes what nothing in a data folder needs.
///
/// Only for the holder of the owner's lock: no engine can be about to use what is found idle. Rows go before files, so
/// that whatever breaks off leaves files without rows, which the next collection finds. Memory holds one shard's names;
/// a dry run also the keys and objects of idle results, some 300 bytes each.
package struct GarbageCollection {
  package enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
    /// A deleted job whose removal broke off.
    case job
    /// A result on record that no job needs.
    case result
    case object
    case document
    case quarantined
    case leftover
  }

  package struct Item: Sendable, Hashable {
    package let kind: Kind
    /// Relative to the data folder; for a result its key.
    package let path: String
    /// What its removal gives back; 0 where it takes no room of its own.
    package let bytes: Int
  }

  private let folder: DataFolder
  private let owner: String
  private let isDry: Bool
  private let tell: (Item) throws -> Void

  /// - Parameters:
  ///   - owner: the holder of the lock, whose temporary folder stays.
  ///   - tell: is told of each item just before it goes; what it throws ends the collection there.
  package init(_ folder: DataFolder, owner: String, isDry: Bool, tell: @escaping (Item) throws -> Void) {
    self.folder = folder
    self.owner = owner
    self.isDry = isDry
    self.tell = tell
  }

  /// - Throws: `LedgerFailure`, `StageFailure`; nothing that is needed is gone then.
  package func run() throws {
    // Without a ledger nothing says what is needed.
    guard FileSurvey(folder.ledger) != nil else {
      guard try JobTree.jobs(in: folder).isEmpty else {
        throw StageFailure(
          .dataFolderUnusable, "The ledger is missing, so nothing tells what is needed.",
          hint: "Run sheaf fsck --repair first.")
      }
      return
    }
    let ledger = try LedgerInspection(path: folder.ledger, writable: !isDry, isQuiet: true)
    do {
      try collectJobs(ledger)
      let idle = try collectResults(ledger)
      try collectObjects(ledger, idle)
      try collectDocuments(ledger)
      try collectFiles(of: folder.quarantine, .quarantined)
      try collectFiles(of: folder.temporary, .leftover)
    } catch {
      // The first failure is the one to tell.
      try? ledger.close()
      throw error
    }
    try ledger.close()
  }

  private static let step = 500

  private func collectJobs(_ ledger: LedgerInspection) throws {
    var last: JobID?
    while true {
      let page = try ledger.jobs(after: last, limit: Self.step)
      for record in page where record.deleted {
        let job = record.manifest.id
        try tell(Item(kind: .job, path: "jobs/\(job)", bytes: 0))
        guard !isDry else { continue }
        try JobTree(job, in: folder).remove()
        try ledger.removeRows(of: job)
      }
      guard page.count == Self.step else { return }
      last = page.last?.manifest.id
    }
  }

  /// - Returns: in a dry run the objects that would have no row left; otherwise none, for they have none.
  private func collectResults(_ ledger: LedgerInspection) throws -> Set<Digest> {
    var idle: Set<Digest> = []
    try IdleResults(ledger).keys { keys in
      for key in keys { try tell(Item(kind: .result, path: key.hex, bytes: 0)) }
      if isDry {
        idle.formUnion(keys)
      } else {
        try ledger.apply(keys.map { .removeArtifact(key: $0) })
      }
    }
    var objects: Set<Digest> = []
    for key in idle.sorted(by: { $0.hex < $1.hex }) {
      guard let artifact = try ledger.artifacts(keys: [key])[key] else { continue }
      for record in [artifact.checkpoint] + artifact.parts {
        for file in [record.file] + record.files where !objects.contains(file.digest) {
          if try ledger.keys(ofObject: file.digest).allSatisfy(idle.contains), try !ledger.isKept(file.digest) {
            objects.insert(file.digest)
          }
        }
      }
    }
    return objects
  }

  private func collectObjects(_ ledger: LedgerInspection, _ idle: Set<Digest>) throws {
    for shard in try FileSurvey.names(in: folder.objects) {
      let path = folder.objects + "/" + shard
      var digests: [Digest] = []
      for name in try FileSurvey.names(in: path) {
        if let digest = Digest(name) { digests.append(digest) } else { try remove(path + "/" + name, .leftover) }
      }
      for start in stride(from: 0, to: digests.count, by: Self.step) {
        let step = Array(digests[start..<min(start + Self.step, digests.count)])
        let known = try ledger.knownObjects(among: step).subtracting(idle)
        for digest in step where !known.contains(digest) {
          // A tree links to it: removing it would give nothing back, and what a person looks at stays sound.
          guard let file = FileSurvey(folder.object(digest)), file.links <= 1 else { continue }
          try remove(file.path, .object)
        }
      }
    }
  }

  private func collectDocuments(_ ledger: LedgerInspection) throws {
    let sources = try unlistedSources(ledger)
    for name in try FileSurvey.names(in: folder.documents) {
      guard let digest = Digest(name), !sources.contains(digest), try ledger.jobs(ofSource: digest).isEmpty else {
        continue
      }
      try remove(folder.documents + "/" + name, .document) { _ = try ledger.removeDocument(digest) }
    }
  }

  /// Documents of jobs that the ledger has lost, as one restored from a copy has: fsck takes those jobs in again.
  private func unlistedSources(_ ledger: LedgerInspection) throws -> Set<Digest> {
    var sources: Set<Digest> = []
    for job in try JobTree.jobs(in: folder) where try ledger.job(job) == nil {
      // Whose job.json cannot be read is nothing that anybody could take in.
      if let manifest = try? JobTree(job, in: folder).manifest() { sources.insert(manifest.source) }
    }
    return sources
  }

  private func collectFiles(of parent: String, _ kind: Kind) throws {
    for name in try FileSurvey.names(in: parent) where name != owner || kind != .leftover {
      try remove(parent + "/" + name, kind)
    }
  }

  private func remove(_ path: String, _ kind: Kind, first: () throws -> Void = {}) throws {
    guard let file = FileSurvey(path) else { return }
    let item = Item(
      kind: kind, path: String(path.dropFirst(folder.path.count + 1)), bytes: try Self.room(of: file, depth: 0))
    try tell(item)
    guard !isDry else { return }
    try first()
    try file.remove()
  }

  /// Levels: workers' scratch has a few; what lies deeper is removed all the same.
  private static let deepest = 16

  private static func room(of file: FileSurvey, depth: Int) throws -> Int {
    guard file.isFolder else { return file.links > 1 ? 0 : file.length }
    guard depth < deepest else { return 0 }
    return try FileSurvey.names(in: file.path).reduce(0) { sum, name in
      sum + (try FileSurvey(file.path + "/" + name).map { try room(of: $0, depth: depth + 1) } ?? 0)
    }
  }
}
