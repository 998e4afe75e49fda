import Checkpoints
import Foundation
import Ledger
import StageKit
import TestSupport
import Testing

@testable import Engine

@Suite("A submission")
struct ArrivalTests {
  @Test("that ended before its ledger knew the job leaves nothing behind for the next owner, and takes no job with it")
  func unacknowledged() async throws {
    let harness = try EngineHarness()
    let known = try await harness.run("one\n")
    let tree = try harness.tree(known)
    // What a killed owner leaves: notes of a job that is known, and of one that is not.
    let (dead, unknown) = ("dead-owner", try #require(JobID("abcdefghjk")))
    try FileManager.default.createDirectory(
      atPath: harness.folder.temporary(of: dead), withIntermediateDirectories: true)
    for job in [known, unknown] { try harness.folder.noteArrival(of: job, owner: dead) }
    var manifest = try await harness.job(known).manifest
    manifest = JobManifest(
      id: unknown, name: manifest.name, source: manifest.source, sourceLength: manifest.sourceLength,
      settings: manifest.settings, state: .queued, owner: manifest.owner, created: manifest.created)
    try JobTree(unknown, in: harness.folder).write(manifest)
    try await harness.session { _ in }
    #expect(try JobTree.jobs(in: harness.folder) == [known])
    #expect(try harness.tree(known) == tree)
    #expect(try harness.leftovers().isEmpty)
  }

  @Test("that came through has no note any more, be the owner killed at once")
  func acknowledged() async throws {
    let harness = try EngineHarness()
    let engine = try await harness.open()
    let job = try await harness.submit("one\n", to: engine)
    #expect(try harness.folder.arrivals(besides: "nobody").isEmpty)
    try await engine.close()
    #expect(try JobTree.jobs(in: harness.folder) == [job])
  }
}
