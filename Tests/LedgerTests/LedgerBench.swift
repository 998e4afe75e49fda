import Checkpoints
import Foundation
import GRDB
import Ledger
import StageKit
import Synchronization
import TestSupport

/// A ledger in a folder of its own, with a clock that the test turns.
final class LedgerBench: Sendable {
  // Immutable; held for its deinit only.
  private let folder: TemporaryFolder
  let path: String
  let clock = ManualClock()
  let ledger: SQLiteLedger

  init(reservesLog: Bool = false) throws {
    folder = try TemporaryFolder()
    path = folder.file("ledger.sqlite").path
    ledger = try SQLiteLedger(path: path, clock: clock, reservesLog: reservesLog)
  }

  /// The writer's connection pool, to look behind the ledger.
  var pool: DatabasePool {
    get throws { try ledger.connections as? DatabasePool ?? { throw CocoaError(.featureUnsupported) }() }
  }

  /// The files as a loss of the process would leave them, in a new folder.
  func copyFiles() throws -> (folder: TemporaryFolder, path: String) {
    let copy = try TemporaryFolder()
    for ending in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: path + ending, toPath: copy.file("ledger.sqlite").path + ending)
    }
    return (copy, copy.file("ledger.sqlite").path)
  }

  /// Stores a job with these units.
  @discardableResult
  func job(
    _ number: Int = 1, state: JobState = .queued, created: Double? = nil, priority: Int = 0, source: String = "source",
    units: [UnitID] = []
  ) async throws -> JobID {
    let record = jobRecord(number, state: state, created: created, priority: priority, source: source)
    _ = try await ledger.create(record, units: units.map { UnitRecord(unit: $0) })
    return record.manifest.id
  }

  func jobRecord(
    _ number: Int = 1, state: JobState = .queued, created: Double? = nil, priority: Int = 0, source: String = "source",
    failure: StageFailure? = nil
  ) -> JobRecord {
    let manifest = JobManifest(
      id: jobID(number), name: "Résumé \"final\".pdf", source: digest(source), sourceLength: 1234,
      settings: JobSettings(
        pages: PageSelection("1-5,9"), until: .sections, formats: [.markdown, .pdf], priority: priority),
      state: state, failure: failure, owner: "key-1", created: "2026-01-02T03:04:05Z")
    return JobRecord(manifest: manifest, created: created ?? Double(number))
  }
}

/// Stands still until it is set.
final class ManualClock: LedgerClock {
  private let time = Mutex(1000.0)

  func now() -> Double { time.withLock { $0 } }

  func set(_ seconds: Double) { time.withLock { $0 = seconds } }
}

/// The n-th id: `jb00000001`.
func jobID(_ number: Int) -> JobID {
  let digits = String(number)
  // Ten of the letters j, b and digits, which are all in a job id's alphabet.
  return JobID("jb" + String(repeating: "0", count: 8 - digits.count) + digits)!
}

func digest(_ text: String) -> Digest { Digest(of: text.utf8) }

func artifact(_ name: String, unit: UnitID = UnitID(.ocr, .page(7)), encrypted: Bool = false) -> ArtifactRecord {
  ArtifactRecord(
    key: digest("key \(name)"), checkpoint: checkpoint(name, unit: unit, files: ["a.jpg", "b.png"]), parts: [],
    gaps: [:], encrypted: encrypted)
}

func checkpoint(_ name: String, unit: UnitID, files: [String] = []) -> CheckpointRecord {
  CheckpointRecord(
    unit: unit, content: digest("content \(name)"),
    file: FileRecord(name: "\(unit.basename).json", digest: digest("file \(name)"), length: 4096),
    files: files.map { FileRecord(name: $0, digest: digest("\(name) \($0)"), length: 99) })
}
