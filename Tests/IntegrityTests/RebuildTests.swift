import Checkpoints
import Foundation
import Integrity
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
