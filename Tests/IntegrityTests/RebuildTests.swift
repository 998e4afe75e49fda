import Checkpoints
import Foundation
import Integrity
import Ledger
import StageKit
import Testing

@Suite("Rebuilding the ledger")
struct RebuildTests {
  @Test("from nothing brings back every job, option, state, pin and replaced version; then nothing has to run")
  func fromNothing() async throws {
    let bench = try await FolderBench.settled.value.copy()
    let (story, trees) = (try await bench.story(), try bench.trees())
    for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: bench.folder.ledger + ending) }

    let rebuilt = try bench.check(rebuilds: true)
    #expect(rebuilt.summary.lost == 0)
    let told = try #require(rebuilt.findings.first { $0.code == .ledgerRebuilt })
    #expect(told.remedy?.contains("events, attempts") == true)
    #expect(try await bench.story() == story)

    try await bench.resume(story.map(\.manifest.id))
    for job in story { #expect(try await bench.attempts(of: job.manifest.id) == 0) }
    #expect(try bench.trees() == trees)
    #expect(try await bench.story() == story)
  }

  @Test("brings back pins with their conflicts and what they were made over, and what replaced each version")
  func edited() async throws {
    let bench = try await FolderBench.edited.value.copy()
    let (story, trees) = (try await bench.story(), try bench.trees())
    let jobs = story.map(\.manifest.id)
    #expect(story.flatMap(\.pins).contains { $0.newer != nil && $0.base != nil })
    #expect(story.flatMap(\.pins).contains { $0.files.map(\.name) == ["0004.pgm"] })
    let causes = story.flatMap(\.history).map(\.cause)
    #expect(Set(causes) == [.edit, .restore, .unpin, .rerun])
    for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: bench.folder.ledger + ending) }

    let rebuilt = try bench.check(rebuilds: true)
    #expect(rebuilt.summary.lost == 0)
    // What earlier options yielded is no attempt's any more.
    #expect(Set(rebuilt.findings.map(\.code)) == [.ledgerRebuilt, .resultUnused])
    // A unit that was given up and then pinned is done: that its stage failed is seen when it is tried again.
    #expect(try await bench.story() == story)
    #expect(try bench.trees() == trees)
    #expect(Set(try bench.check().findings.map(\.code)).isSubset(of: [.resultUnused]))

    try await bench.resume(jobs)
    let tried = try await bench.attemptedUnits(of: jobs)
    #expect(tried == ["ocr/2"], "only the page that was given up")
    #expect(try await bench.story() == story)
    #expect(try bench.trees() == trees)
    #expect(Set(try bench.check().findings.map(\.code)).isSubset(of: [.resultUnused]))
  }

  @Test("does without the trees: the objects tell what they are")
  func withoutTrees() async throws {
    let bench = try await FolderBench.settled.value.copy()
    let story = try await bench.story()
    let trees = try bench.trees()
    try FileManager.default.removeItem(atPath: bench.folder.ledger)
    for job in story {
      let path = bench.folder.job(job.manifest.id)
      for name in try FileManager.default.contentsOfDirectory(atPath: path) where name.contains("-") {
        try FileManager.default.removeItem(atPath: path + "/" + name)
      }
    }
    let rebuilt = try bench.check(rebuilds: true)
    #expect(rebuilt.summary.lost == 0)
    try await bench.resume(story.map(\.manifest.id))
    for job in story { #expect(try await bench.attempts(of: job.manifest.id) == 0) }
    #expect(try await bench.story().map(\.units) == story.map(\.units))
    let now = try bench.trees()
    #expect(trees.filter { !$0.key.contains("history") && now[$0.key] != $0.value }.keys.sorted() == [])
  }

  @Test("names a job whose description is lost with the ledger")
  func withoutDescription() async throws {
    let bench = try await FolderBench.settled.value.copy()
    let job = try #require(try await bench.story().first).manifest.id
    try FileManager.default.removeItem(atPath: bench.folder.ledger)
    try Data("{".utf8).write(to: URL(fileURLWithPath: bench.folder.job(job) + "/job.json"))
    let rebuilt = try bench.check(rebuilds: true)
    #expect(rebuilt.findings.contains { $0.grade == .lost && $0.affected.map(\.job) == [job] })
  }

  @Test("keeps the old file, and puts a sound one in its place even when that was sound")
  func keepsOld() async throws {
    let bench = try await FolderBench.killed.value.copy()
    let story = try await bench.story()
    _ = try bench.check(rebuilds: true)
    #expect(try await bench.story().map(\.manifest) == story.map(\.manifest))
    let kept = try FileManager.default.contentsOfDirectory(atPath: bench.folder.quarantine)
    #expect(kept.contains { $0.hasPrefix("ledger.sqlite.") })
    #expect(kept.contains { $0.hasPrefix("ledger.sqlite-wal") })
  }
}
