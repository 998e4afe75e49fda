import Checkpoints
import Foundation
import GRDB
import Ledger
import StageKit

extension SearchIndex {
  /// What the index has of a job.
  struct Entry: Sendable, Hashable {
    let number: Int64
    let job: JobID
    /// The job's last event when it was taken in or looked at last.
    let seq: Int64
    /// What its pages' contents were.
    let stamp: String
  }

  /// Jobs that can be found, in the order of their numbers.
  func entries(after number: Int64, limit: Int) async throws -> [Entry] {
    try await read { try $0.rows(.jobs, [number, limit]).compactMap(Self.entry) }
  }

  /// The job's entry; nil where it cannot be found.
  func entry(of job: JobID) async throws -> Entry? {
    try await read { database in
      try database.rows(.ofJob, [job.text]).last { $0["ready"] == 1 }
        .map { Entry(number: $0["number"], job: job, seq: $0["seq"], stamp: $0["stamp"]) }
    }
  }

  /// Begins to take a job in; it is found once `finish` is through, and gone with `remove(number:)`.
  func begin(_ record: JobRecord, stamp: String) async throws -> Int64 {
    // Never one that was there before: whoever swept it away may be another process than the one that fills it.
    let number = Int64.random(in: 1...Int64.max)
    try await write { database in
      let manifest = record.manifest
      try database.run(.addJob, [number, manifest.id.text, manifest.owner, manifest.name, record.seq, stamp])
    }
    return number
  }

  /// - Throws: `StageFailure`, also where the number was removed meanwhile.
  func add(_ pages: [SearchablePage], to number: Int64) async throws {
    try await write { database in
      try Self.check(number, database)
      for page in pages {
        try database.run(.addPage, [number, page.number, page.text, Data(page.passages.packed)])
        try database.run(.addWords, [database.lastInsertedRowID, page.text])
      }
    }
  }

  /// Lets a job be found, in place of what was found of it before.
  func finish(_ number: Int64, of job: JobID) async throws {
    let older = try await write { database in
      try Self.check(number, database)
      let older = try database.rows(.ofJob, [job.text]).map { $0["number"] as Int64 }.filter { $0 != number }
      for other in older { try database.run(.hideJob, [other]) }
      try database.run(.finishJob, [number])
      return older
    }
    for other in older { try await remove(number: other) }
  }

  /// Notes that nothing has changed for the index.
  func touch(_ entry: Entry, _ record: JobRecord) async throws {
    try await write { try $0.run(.setSeq, [entry.number, record.seq, record.manifest.owner]) }
  }

  /// Forgets a job.
  package func remove(_ job: JobID) async throws {
    let numbers = try await write { database in
      let numbers = try database.rows(.ofJob, [job.text]).map { $0["number"] as Int64 }
      for number in numbers { try database.run(.hideJob, [number]) }
      return numbers
    }
    for number in numbers { try await remove(number: number) }
  }

  /// Removes what was begun and never ended: for a process that has just started and takes nothing in yet.
  func sweep() async throws {
    let numbers = try await read { try $0.rows(.unready, []).map { $0["number"] as Int64 } }
    for number in numbers { try await remove(number: number) }
  }

  private static func check(_ number: Int64, _ database: Database) throws {
    guard try database.rows(.isThere, [number]).isEmpty else { return }
    throw StageFailure(
      .inputOutput, "The search index was changed by another process meanwhile.", hint: "Try again.", retryable: true)
  }

  /// In steps, so that no other write waits long.
  func remove(number: Int64) async throws {
    while try await removeSome(number) {}
  }

  private func removeSome(_ number: Int64) async throws -> Bool {
    try await write { database in
      let pages = try database.rows(.somePages, [number, Self.step])
      for page in pages {
        try database.run(.removeWords, [page[0] as Int64, page[1] as String])
        try database.run(.removePage, [page[0] as Int64])
      }
      if pages.count < Self.step { try database.run(.removeJob, [number]) }
      return pages.count == Self.step
    }
  }

  /// Pages in one transaction.
  static let step = 64

  private static func entry(_ row: Row) -> Entry? {
    // Only ids were written; whatever else stands there is found by nobody.
    guard let job = JobID(row["job"] as String) else { return nil }
    return Entry(number: row["number"], job: job, seq: row["seq"], stamp: row["stamp"])
  }
}
