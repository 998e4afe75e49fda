import Checkpoints
import Foundation
import Ledger
import StageKit
import Testing

@testable import Engine

@Suite("A job")
struct JobEngineTests {
  @Test("runs through all fifteen stages and leaves a tree that people can read")
  func wholeJob() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one two\nthree\n")
    #expect(try await harness.job(job).manifest.state == .completed)
    #expect(try harness.markdown(job) == "# other\n\none two with tables\nthree with tables\n")
    let tree = try harness.tree(job)
    #expect(tree["03-ocr/0002.json"] != nil)
    #expect(tree["02-render/0001.pgm"] == Data("pixels of one two".utf8))
    #expect(tree["05-regions/document.json"] != nil)
    #expect(tree["05-regions/0002.json"] != nil)
    #expect(try await harness.attempts(job).allSatisfy { $0.outcome == .succeeded })
    #expect(try harness.leftovers().isEmpty)
  }

  @Test("knows of each attempt how long it waited, ran and was stored, and of a worker's first one its start")
  func use() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one two\nthree\n")
    let attempts = try await harness.attempts(job)
    for attempt in attempts {
      let elapsed = try #require(attempt.finished) - attempt.started
      let (queue, work, store) = (attempt.use.queueSeconds, attempt.use.workSeconds, attempt.use.storeSeconds)
      #expect(try #require(queue) >= 0)
      #expect(try #require(work) > 0 && #require(store) > 0)
      // The ledger keeps time in another clock, which may be set meanwhile.
      #expect(try #require(work) + #require(store) < elapsed + 1, "\(attempt.unit)")
    }
    let starts = attempts.filter { ($0.use.spawnSeconds ?? 0) > 0 }
    #expect((1...2).contains(starts.count))
    #expect(Set(starts.map(\.worker)).count == starts.count)
    #expect(attempts.allSatisfy { $0.use.spawnSeconds != nil })
  }

  @Test("resumed when it is finished runs nothing")
  func resumeOfFinished() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo\n")
    let before = try await harness.attempts(job).count
    let tree = try harness.tree(job)
    try await harness.session { _ = try await $0.resume(job) }
    #expect(try await harness.attempts(job).count == before)
    #expect(try harness.tree(job) == tree)
    #expect(try await harness.job(job).manifest.state == .completed)
  }

  @Test("over a document that another has done runs nothing and costs no attempt")
  func secondJob() async throws {
    let harness = try EngineHarness()
    let first = try await harness.run("one\ntwo\n")
    let second = try await harness.run("one\ntwo\n")
    #expect(first != second)
    #expect(try await harness.attempts(second).isEmpty)
    #expect(try harness.tree(second) == harness.tree(first))
    #expect(try await harness.units(second).values.allSatisfy { $0.state == .done && $0.reused })
  }

  @Test("takes only the pages it was asked for")
  func pages() async throws {
    let harness = try EngineHarness()
    var settings = EngineHarness.exports
    settings.pages = PageSelection("2-3,9")
    let job = try await harness.run("one\ntwo\nthree\nfour\n", settings)
    #expect(try harness.markdown(job) == "# other\n\ntwo with tables\nthree with tables\n")
    settings.pages = PageSelection("7-")
    let none = try await harness.run("one\ntwo\nthree\nfour\n", settings)
    #expect(try await harness.job(none).manifest.failure?.code == .noSuchPage)
    #expect(try await harness.job(none).manifest.state == .failed)
  }

  @Test("ends with the stage it was to end with")
  func until() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\n", JobSettings(until: .layout, formats: [.markdown]))
    #expect(try await harness.job(job).manifest.state == .completed)
    #expect(try await harness.units(job).keys.map(\.stage).max() == .layout)
  }

  @Test("makes another format when it is asked for one")
  func moreFormats() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\n", JobSettings(formats: [.markdown]))
    let before = try await harness.attempts(job).count
    try await harness.session { _ = try await $0.export(job, formats: [.text]) }
    #expect(try await harness.attempts(job).count == before + 1)
    #expect(try harness.tree(job)["15-export/txt/document.txt"] == Data("one with tables\n".utf8))
  }

  @Test("gives the same bytes with one worker and with three")
  func determinism() async throws {
    let text = (1...12).map { "page number \($0)" }.joined(separator: "\n")
    var trees: [[String: Data]] = []
    for workers in [1, 3] {
      let harness = try EngineHarness()
      harness.workers = workers
      trees.append(try harness.tree(try await harness.run(text)))
    }
    #expect(trees[0] == trees[1])
  }

  @Test("that is deleted takes its files with it, but not those that others need")
  func deletion() async throws {
    let harness = try EngineHarness()
    let first = try await harness.run("one\ntwo\n")
    let second = try await harness.run("one\ntwo\nthree\n")
    let kept = try harness.tree(second)
    try await harness.session { try await $0.delete(first) }
    #expect(try harness.tree(second) == kept)
    #expect(try FileManager.default.contentsOfDirectory(atPath: harness.folder.jobs) == [second.text])
    try await harness.session { try await $0.delete(second) }
    let objects = try FileManager.default.subpathsOfDirectory(atPath: harness.folder.objects).filter {
      $0.contains("/")
    }
    #expect(objects.isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: harness.folder.documents).isEmpty)
  }

  @Test("tells every transition once and in order")
  func events() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\n")
    let events = try await harness.reader().events(of: job, since: 0, limit: 1000)
    #expect(events.map(\.seq) == Array(1...Int64(events.count)))
    let units = try await harness.units(job).count
    #expect(events.filter { $0.kind == .unitFinished }.count == units)
    #expect(events.filter { $0.kind == .unitStarted }.count == units)
    #expect(events.filter { $0.kind == .jobState }.map(\.state) == ["queued", "running", "completed"])
  }

  @Test("holds its data folder alone")
  func ownership() async throws {
    let harness = try EngineHarness()
    let engine = try await harness.open()
    await #expect {
      _ = try await harness.open()
    } throws: { error in
      (error as? StageFailure)?.code == .dataFolderOwned && "\(error)".contains("engine test")
    }
    try await engine.close()
    try await harness.open().close()
  }
}
