import Checkpoints
import Foundation
import Ledger
import StageKit

/// A data folder whose ledger has many jobs of one page, one in a hundred of them unfinished.
struct ManyJobs {
  let count: Int
  let folder: String

  private static let atOnce = 256
  private static let unfinished = 100  // one of so many

  func make() async throws {
    let data = DataFolder(folder)
    try data.create()
    let ledger = try SQLiteLedger(path: data.ledger)
    for first in stride(from: 0, to: count, by: Self.atOnce) {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in first..<min(first + Self.atOnce, count) {
          group.addTask { try await Self.add(number, to: ledger) }
        }
        try await group.waitForAll()
      }
    }
    try await ledger.close()
  }

  private static func add(_ number: Int, to ledger: SQLiteLedger) async throws {
    let isFinished = number % unfinished != 0
    let job = record(number, state: isFinished ? .completed : .paused)
    let units = StageID.allCases.map { stage in
      let name = UnitID(stage, subject(of: stage))
      let key = Digest(of: Array("\(number) \(name)".utf8))
      return UnitRecord(
        unit: name, state: isFinished ? .done : .ready, key: isFinished ? key : nil, content: isFinished ? key : nil,
        attempts: isFinished ? 1 : 0)
    }
    let events = units.filter { $0.state == .done }.map { unit in
      LedgerChange.event(
        JobEvent(job: job.manifest.id, kind: .unitFinished, unit: unit.unit, state: unit.state.rawValue, attempt: 1))
    }
    _ = try await ledger.create(job, units: units, with: events)
  }

  private static func subject(of stage: StageID) -> UnitSubject {
    switch stage {
    case .render, .ocr, .layout, .tables, .figures, .assembly: .page(1)
    case .export: .format("md")
    default: .document
    }
  }

  /// A job with a name and a time of its own.
  static func record(_ number: Int, state: JobState) -> JobRecord {
    var generator = SystemRandomNumberGenerator()
    let created = 1_750_000_000 + Double(number)
    return JobRecord(
      manifest: JobManifest(
        id: JobID(using: &generator), name: "document-\(number)", source: Digest(of: Array("\(number)".utf8)),
        sourceLength: 100_000, settings: JobSettings(formats: [.markdown]), state: state, owner: "",
        created: "2025-06-15T15:06:40Z"),
      pageCount: 1, created: created, started: created + 1, finished: state.isFinished ? created + 2 : nil)
  }
}
