import Checkpoints
import Engine
import Foundation
import Integrity
import Ledger
import StageKit
import Testing

@Suite("Collecting garbage")
struct GarbageCollectionTests {
  private struct Stop: Error {}

  private static func collect(
    _ bench: FolderBench, isDry: Bool = false, tell: @escaping (GarbageCollection.Item) throws -> Void = { _ in }
  ) throws -> [GarbageCollection.Item] {
    var items: [GarbageCollection.Item] = []
    let owner = DataFolderOwner(id: "collector", process: getpid(), program: "gc test")
    let lock = try bench.lock(as: owner)
    defer { withExtendedLifetime(lock) {} }
    try GarbageCollection(bench.folder, owner: owner.id, isDry: isDry) { item in
      try tell(item)
      items.append(item)
    }.run()
    return items
  }

  /// A folder with some of each kind of garbage.
  private static func littered() async throws -> FolderBench {
    let bench = try await FolderBench.settled.value.copy()
    let story = try await bench.story()
    let ledger = try SQLiteLedger(path: bench.folder.ledger)
    // A deletion that broke off.
    try await ledger.bury(try #require(story.first { $0.pins.isEmpty }).manifest.id)
    try await ledger.close()
    let idle = Digest(of: "idle".utf8)
    try Data("idle".utf8).write(to: URL(fileURLWithPath: bench.folder.object(idle)))
    chmod(bench.folder.object(idle), 0o444)
    try Data("unused".utf8).write(to: URL(fileURLWithPath: bench.folder.document(Digest(of: "unused".utf8))))
    try Data("bad".utf8).write(to: URL(fileURLWithPath: bench.folder.quarantine + "/bad"))
    try FileManager.default.createDirectory(
      atPath: bench.folder.temporary(of: "dead"), withIntermediateDirectories: true)
    try Data("half".utf8).write(to: URL(fileURLWithPath: bench.folder.temporary(of: "dead") + "/attempt"))
    return bench
  }

  @Test("leaves the document of a job that the ledger does not know: fsck takes the job in again")
  func unlisted() async throws {
    let bench = try await FolderBench.settled.value.copy()
    let record = try #require(try await bench.story().first)
    let job = record.manifest.id
    let ledger = try SQLiteLedger(path: bench.folder.ledger)
    for other in try await bench.story() where other.manifest.source == record.manifest.source {
      try await ledger.bury(other.manifest.id)
      try await ledger.removeRows(of: other.manifest.id)
    }
    try await ledger.close()
    #expect(try await bench.story().allSatisfy { $0.manifest.id != job })
    _ = try Self.collect(bench)
    #expect(FileManager.default.fileExists(atPath: bench.folder.document(record.manifest.source)))
    #expect(try bench.check(repairs: true).summary.lost == 0)
    #expect(try await bench.story().contains { $0.manifest.id == job })
  }

  @Test("removes nothing that a job, a pin or a replaced version needs")
  func keeps() async throws {
    let bench = try await FolderBench.settled.value.copy()
    let (before, story) = (try bench.contents(below: "objects"), try await bench.story())
    #expect(try Self.collect(bench) == [])
    #expect(try bench.contents(below: "objects") == before)
    #expect(try await bench.story() == story)
    // What the job's earlier options yielded is still there: nothing runs.
    let job = try #require(story.first { !$0.pins.isEmpty }).manifest.id
    let attempts = try await bench.attempts(of: job)
    try await bench.session { engine in
      _ = try await engine.rerun(job, RerunRequest(stage: .sections, reset: true))
    }
    #expect(try await bench.attempts(of: job) == attempts)
  }

  @Test("keeps what pins are, what they were made over and every kept version, though no result and no tree has them")
  func keepsVersions() async throws {
    let bench = try await FolderBench.edited.value.copy()
    let story = try await bench.story()
    let ledger = try SQLiteLedger(path: bench.folder.ledger)
    var kept: Set<Digest> = []
    for job in story {
      let (pins, history) = (
        try await ledger.pins(of: job.manifest.id), try await ledger.history(of: job.manifest.id, unit: nil)
      )
      for record in pins.map(\.record) + history.map(\.record) {
        kept.formUnion(([record.file] + record.files).map(\.digest))
      }
      kept.formUnion(pins.compactMap(\.base))
      // As in a job that came in a bundle: no attempt holds on to what its stages made.
      let keys = try await ledger.units(of: job.manifest.id).compactMap(\.key)
      try await ledger.apply(keys.map { .removeArtifact(key: $0) })
      try FileManager.default.removeItem(atPath: bench.folder.job(job.manifest.id))
    }
    // What a pin in conflict was made over is a replaced version, too; forgotten as that, it still is the pin's.
    for job in story { try await ledger.apply([.pruneHistory(job.manifest.id, keep: 1)]) }
    var still: Set<Digest> = []
    for job in story {
      let (pins, history) = (
        try await ledger.pins(of: job.manifest.id), try await ledger.history(of: job.manifest.id, unit: nil)
      )
      for record in pins.map(\.record) + history.map(\.record) {
        still.formUnion(([record.file] + record.files).map(\.digest))
      }
      still.formUnion(pins.compactMap(\.base))
    }
    #expect(still.count < kept.count)
    try await ledger.close()
    let told = try Self.collect(bench, isDry: true)
    _ = try Self.collect(bench)
    for digest in still { #expect(FileSurvey(bench.folder.object(digest)) != nil) }
    for digest in kept.subtracting(still) where told.contains(where: { $0.path.hasSuffix(digest.hex) }) {
      #expect(FileSurvey(bench.folder.object(digest)) == nil)
    }
    #expect(told.contains { $0.kind == .object })
  }

  @Test("leaves what a pin was made over to be told as lost where it is damaged")
  func lostBase() async throws {
    let bench = try await FolderBench.edited.value.copy()
    let ledger = try SQLiteLedger(path: bench.folder.ledger)
    var damaged: Digest?
    for job in try await bench.story().map(\.manifest.id) {
      try await ledger.apply([.pruneHistory(job, keep: 0)])
      guard let pin = try await ledger.pins(of: job).first(where: { $0.newer != nil }) else { continue }
      damaged = pin.base
      let keys = try await ledger.attempts(of: job, unit: pin.unit).map(\.key)
      let standing = try await ledger.units(of: job).first { $0.unit == pin.unit }?.key
      try await ledger.apply(keys.filter { $0 != standing }.map { .removeArtifact(key: $0) })
    }
    try await ledger.close()
    let base = try #require(damaged)
    try bench.flip(bench.folder.object(base), byte: 20, bit: 2)
    let found = try bench.check(repairs: true).findings.filter { $0.grade == .lost }
    #expect(found.map(\.code) == [.objectDamaged])
    #expect(found.first?.affected.map(\.unit) == [UnitID(.ocr, .page(1))])
    #expect(found.first?.remedy?.contains("--take-new") == true)
  }

  @Test("removes every kind of garbage, just what a dry run tells, and leaves a sound folder")
  func collects() async throws {
    let bench = try await Self.littered()
    let before = try bench.contents()
    let told = try Self.collect(bench, isDry: true)
    #expect(try bench.contents() == before)
    let gone = try Self.collect(bench)
    #expect(Set(gone.map(\.kind)) == [.job, .object, .document, .quarantined, .leftover])
    // A dry run cannot know what the removal of a buried job sets free.
    #expect(Set(told.map(\.path)).isSubset(of: gone.map(\.path)))
    let found = try bench.check()
    #expect(found.findings == [])
    #expect(try Self.collect(bench) == [])
  }

  @Test("tells in a dry run the objects of results that no job needs")
  func dryRun() async throws {
    let bench = try await FolderBench.settled.value.copy()
    let job = try #require(try await bench.story().first { $0.pins.isEmpty }).manifest.id
    let ledger = try SQLiteLedger(path: bench.folder.ledger)
    let units = try await ledger.units(of: job)
    let key = try #require(units.first { $0.unit == UnitID(.layout, .page(2)) }?.key)
    let artifact = try #require(try await ledger.artifact(key: key))
    try await ledger.close()
    try await bench.session { try await $0.delete(job) }
    // As if the deletion had broken off after the rows of jobs, before those of results.
    let path = bench.folder.object(artifact.checkpoint.file.digest)
    try Data("x".utf8).write(to: URL(fileURLWithPath: path))
    let again = try SQLiteLedger(path: bench.folder.ledger)
    try await again.apply([.artifact(artifact)])
    try await again.close()
    let told = try Self.collect(bench, isDry: true)
    #expect(told.map(\.kind) == [.result, .object])
    #expect(try Self.collect(bench) == told)
    #expect(FileSurvey(path) == nil)
  }

  @Test("may break off anywhere: the folder is sound, and the next one finishes")
  func interrupted() async throws {
    let whole = try Self.collect(try await Self.littered()).count
    #expect(whole > 5)
    for last in 0..<whole {
      let bench = try await Self.littered()
      var count = 0
      #expect(throws: Stop.self) {
        _ = try Self.collect(bench) { _ in
          if count == last { throw Stop() }
          count += 1
        }
      }
      #expect(try bench.check().findings.filter { $0.grade != .note && $0.code != .leftover } == [])
      _ = try Self.collect(bench)
      #expect(try bench.check().findings == [])
    }
  }

  @Test("never works beside an engine")
  func refusesOwned() async throws {
    let bench = try await FolderBench.settled.value.copy()
    try await bench.session { _ in
      let failure = #expect(throws: StageFailure.self) { _ = try Self.collect(bench) }
      #expect(failure?.code == .dataFolderOwned)
    }
  }

  @Test("does nothing where the ledger is missing: nothing says then what is needed")
  func withoutLedger() async throws {
    let bench = try await FolderBench.settled.value.copy()
    try FileManager.default.removeItem(atPath: bench.folder.ledger)
    let before = try bench.contents()
    #expect(throws: StageFailure.self) { _ = try Self.collect(bench) }
    #expect(try bench.contents() == before)
  }
}
