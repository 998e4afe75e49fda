import Checkpoints
import Foundation
import Ledger
import StageKit

/// What a unit costs in the ledger: its lease and its end, one after the other and many at once.
enum LedgerMeasures {
  private static let units = 64

  static func all() async throws -> [Measure] {
    let folder = NSTemporaryDirectory() + "sheaf-micro-bench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let ledger = try SQLiteLedger(path: folder + "/ledger.sqlite")
    let job = ManyJobs.record(1, state: .running)
    let names = (1...units).map { UnitID(.ocr, .page($0)) }
    _ = try await ledger.create(job, units: names.map { UnitRecord(unit: $0, state: .ready) })
    return [
      Measure(name: "ledger: lease and end, in turn", operations: units) {
        for name in names { try await cycle(name, job.manifest.id, ledger) }
      },
      Measure(name: "ledger: lease and end, 64 at once", operations: units) {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for name in names { group.addTask { try await cycle(name, job.manifest.id, ledger) } }
          try await group.waitForAll()
        }
      },
      Measure(name: "ledger: look for a key") {
        _ = try await ledger.artifacts(keys: [Digest(of: Array("ocr/7".utf8))])
      },
    ]
  }

  private static func cycle(_ unit: UnitID, _ job: JobID, _ ledger: SQLiteLedger) async throws {
    let key = Digest(of: Array(unit.description.utf8))
    let (lease, _) = try await ledger.lease(unit, of: job, key: key, owner: "bench", worker: 1)
    let file = FileRecord(name: unit.basename + ".json", digest: key, length: 4_000)
    let artifact = ArtifactRecord(
      key: key, checkpoint: CheckpointRecord(unit: unit, content: key, file: file, files: []), parts: [], gaps: [:],
      encrypted: false)
    var row = UnitRecord(unit: unit, state: .done, key: key, content: key)
    row.attempts = lease.attempt
    _ = try await ledger.complete(
      lease,
      [
        .artifact(artifact), .attempt(lease, .succeeded, AttemptUse(cpuSeconds: 0.01, peakBytes: 1 << 26)),
        .units(job, [row]),
        .event(
          JobEvent(job: job, kind: .unitFinished, unit: unit, state: UnitState.done.rawValue, attempt: lease.attempt)),
      ])
  }
}
