import Checkpoints
import Contracts
import CoreMetrics
import Inspection
import Ledger
import Logging
import StageKit

import struct Crypto.SHA256

/// Keeps the index as the finished jobs are.
package struct SearchIndexer: Sendable {
  private let index: SearchIndex
  private let ledger: any LedgerReader
  private let folder: DataFolder
  private let failures: SearchFailures
  private let logger: Logger?

  /// - Parameter failures: of indexers before this one.
  package init(
    _ index: SearchIndex, _ ledger: any LedgerReader, in folder: DataFolder,
    failures: SearchFailures = SearchFailures(), logger: Logger? = nil
  ) {
    self.failures = failures
    self.index = index
    self.ledger = ledger
    self.folder = folder
    self.logger = logger
  }

  private static let states: Set<JobState> = [.completed, .completedWithErrors]
  /// Jobs that one question to the ledger asks for.
  private static let step = 200

  /// Takes in what is missing or has changed, and forgets what is gone.
  ///
  /// - Returns: how many jobs were taken in.
  @discardableResult
  package func catchUp() async throws -> Int {
    var count = 0
    var last: JobRecord?
    while true {
      let page = try await ledger.jobs(states: Self.states, before: last, limit: Self.step)
      for record in page where try await update(record) { count += 1 }
      guard page.count == Self.step, let end = page.last else { break }
      last = end
    }
    try await forgetLost()
    return count
  }

  /// Takes a job in if it is finished, and the index does not have it as it is.
  package func update(_ job: JobID) async throws -> Bool {
    guard let record = try await ledger.job(job), !record.deleted else {
      try await index.remove(job)
      return false
    }
    return Self.states.contains(record.manifest.state) ? try await update(record) : false
  }

  /// - Returns: whether it was taken in. A job that cannot be read is told in the log and left out.
  private func update(_ record: JobRecord) async throws -> Bool {
    let entry = try await index.entry(of: record.manifest.id)
    if let entry, entry.seq == record.seq { return false }
    guard failures[record.manifest.id] != record.seq else { return false }
    let snapshot = try await JobSnapshot.now(record, ledger, in: folder)
    let stamp = Self.stamp(snapshot)
    if let entry, entry.stamp == stamp {
      try await index.touch(entry, record)
      return false
    }
    do {
      try await take(snapshot, record, stamp)
    } catch let failure as StageFailure where failure.code == .checkpointCorrupt || failure.code == .checkpointNotFound
    {
      // Its checkpoints are damaged; when they are made again, the job changes and is looked at anew.
      failures[record.manifest.id] = record.seq
      Counter(label: "sheaf_search_failures_total").increment()
      logger?.warning(
        "a job could not be taken into the index",
        metadata: ["job": "\(record.manifest.id)", "error": "\(failure.code.rawValue)"])
      return false
    }
    Counter(label: "sheaf_search_indexed_jobs_total").increment()
    // Deleted meanwhile: nobody would forget it but a later look at all of them.
    if try await ledger.job(record.manifest.id)?.deleted ?? true { try await index.remove(record.manifest.id) }
    return true
  }

  private func take(_ snapshot: JobSnapshot, _ record: JobRecord, _ stamp: String) async throws {
    let number = try await index.begin(record, stamp: stamp)
    do {
      try await fill(number, from: snapshot)
      try await index.finish(number, of: record.manifest.id)
    } catch {
      // Where that fails, too, the next start sweeps it away.
      try? await index.remove(number: number)
      throw error
    }
  }

  private func fill(_ number: Int64, from snapshot: JobSnapshot) async throws {
    var pages: [SearchablePage] = []
    for page in snapshot.pages {
      // Pages that were given up have no text.
      guard let output = try snapshot.output(AssemblyOutput.self, .page(page)),
        let text = SearchablePage(page, output)
      else { continue }
      pages.append(text)
      if pages.count == SearchIndex.step {
        try await index.add(pages, to: number)
        pages = []
        // Requests that share these threads go first.
        await Task.yield()
      }
    }
    if !pages.isEmpty { try await index.add(pages, to: number) }
  }

  /// What the index makes of a job depends on: the contents of its pages.
  private static func stamp(_ snapshot: JobSnapshot) -> String {
    var hash = SHA256()
    for page in snapshot.pages {
      if case .object(_, let content)? = snapshot.place(of: UnitID(.assembly, .page(page))) {
        hash.update(data: Array("\(page) \(content.hex)\n".utf8))
      }
    }
    return Digest(hash.finalize()).hex
  }

  /// Forgets jobs that the ledger does not have any more.
  private func forgetLost() async throws {
    var last: Int64 = 0
    while true {
      let entries = try await index.entries(after: last, limit: Self.step)
      for entry in entries {
        let record = try await ledger.job(entry.job)
        if record == nil || record?.deleted == true { try await index.remove(entry.job) }
      }
      guard entries.count == Self.step, let end = entries.last else { return }
      last = end.number
    }
  }
}
