import CanonicalJSON
import Checkpoints
import Foundation
import Ledger
import StageKit
import Testing

@testable import Engine

@Suite("A pin")
struct PinTests {
  static let three = "one\ntwo\nthree\n"

  @Test("stands for its unit: only what depends on it runs; without it the first bytes are back and nothing runs")
  func editAndBack() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run(Self.three)
    var watch = try await AttemptWatch(harness, job)
    let original = try harness.tree(job)

    let outcome = try await harness.edit(job, "ocr/3", #"{"text":"tree"}"#)
    #expect(outcome != .unchanged)
    #expect(
      try await watch.units() == [
        "assembly/3", "chunking", "classification", "export/md", "export/txt", "extraction", "layout/3",
        "reading-order", "regions", "sections", "tables/3",
      ])
    #expect(try harness.markdown(job).contains("tree with tables"))
    let edited = try harness.tree(job)
    #expect(edited["history/03-ocr/0003.1.json"] == original["03-ocr/0003.json"])
    #expect(edited["pins/03-ocr-0003.json"] != nil)
    #expect(edited["03-ocr/0003.json"].map { String(decoding: $0, as: UTF8.self) }?.contains("tree") == true)

    // It stays where nothing has changed.
    try await harness.session { _ = try await $0.resume(job) }
    #expect(try await watch.units() == [])

    try await harness.session { engine in
      try await engine.unpin(job, UnitID(.ocr, .page(3)))
      _ = try await engine.resume(job)
    }
    #expect(try await watch.units() == [])
    #expect(try harness.tree(job).filter { !$0.key.hasPrefix("history/") } == original)
    let history = try await harness.reader().history(of: job, unit: UnitID(.ocr, .page(3)))
    #expect(history.map(\.cause) == [.edit, .unpin])
    #expect(history.map(\.number) == [1, 2])
    #expect(history.map(\.who) == [nil, "ada"])
  }

  @Test("of a page's part of a document stage touches that page alone")
  func part() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run(Self.three)
    var watch = try await AttemptWatch(harness, job)
    let original = try harness.tree(job)
    _ = try await harness.edit(job, "regions/2", #"{"text":"other regions"}"#)
    #expect(try await watch.units().filter { $0.contains("/") } == ["assembly/2", "figures/2", "tables/2"])
    let tree = try harness.tree(job)
    #expect(tree["history/05-regions/0002.1.json"] == original["05-regions/0002.json"])
    #expect(tree["05-regions/0001.json"] == original["05-regions/0001.json"])
    #expect(String(decoding: tree["07-figures/0002-figure-01.txt"] ?? Data(), as: UTF8.self) == "other regions")
    try await harness.session { engine in
      try await engine.unpin(job, UnitID(.regions, .page(2)))
      _ = try await engine.resume(job)
    }
    #expect(try await watch.units() == [])
    #expect(try harness.tree(job).filter { !$0.key.hasPrefix("history/") } == original)
  }

  @Test("that is held is left for a person's resume: no restart runs what depends on it")
  func held() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run(Self.three)
    var watch = try await AttemptWatch(harness, job)
    let unit = UnitID(.ocr, .page(3))
    func state() async throws -> JobState? { try await harness.reader().job(job)?.manifest.state }

    try await harness.session { engine in
      let standing = try await StandingCheckpoint(unit, of: job, in: engine.ledger)
      _ = try await engine.pin(
        job,
        PinRequest(
          unit: unit, content: .payload(Array(#"{"text":"tree"}"#.utf8), like: standing.record),
          expected: standing.record?.content, cause: .edit, author: "ada", holds: true))
    }
    #expect(try await state() == .paused)
    try await harness.session { try await $0.recover() }
    #expect(try await watch.units() == [])
    #expect(try await state() == .paused)

    try await harness.session { _ = try await $0.resume(job) }
    #expect(try await watch.units().contains("layout/3"))
    #expect(try await state() == .completed)

    try await harness.session { try await $0.unpin(job, unit, holds: true) }
    #expect(try await state() == .paused)
    try await harness.session { try await $0.recover() }
    #expect(try await state() == .paused)
  }

  @Test("that is not held is gone on with by whoever opens the folder next")
  func notHeld() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run(Self.three)
    _ = try await harness.edit(job, "ocr/3", #"{"text":"tree"}"#)
    var watch = try await AttemptWatch(harness, job)
    try await harness.session { try await $0.unpin(job, UnitID(.ocr, .page(3))) }
    #expect(try await harness.reader().job(job)?.manifest.state == .queued)
    try await harness.session { try await $0.recover() }
    #expect(try await harness.reader().job(job)?.manifest.state == .completed)
    #expect(try await watch.units() == [])
  }

  @Test("is not run over by a rerun but flagged, and resolved by keeping it")
  func conflict() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run(Self.three)
    var watch = try await AttemptWatch(harness, job)
    _ = try await harness.edit(job, "ocr/3", #"{"text":"tree"}"#)
    _ = try await watch.units()
    try await harness.session { engine in
      _ = try await engine.rerun(job, RerunRequest(stage: .render, settings: ["render.suffix=?"]))
    }
    // The stage ran under the pin, so that the conflict is known.
    #expect(try await watch.units().contains("ocr/3"))
    #expect(try harness.markdown(job).contains("tree with tables"))
    #expect(try harness.markdown(job).contains("two? with tables"))
    let pin = try #require(try await harness.reader().pins(of: job).first)
    #expect(pin.newer != nil)
    #expect(try await harness.reader().pinCounts() == [job: PinCounts(pins: 1, conflicts: 1)])
    let events = try await harness.reader().events(of: job, since: 0, limit: 1000)
    #expect(events.filter { $0.kind == .pinConflict }.map(\.state) == ["conflict"])

    // Back to what it is based on, there is no conflict.
    try await harness.session { _ = try await $0.rerun(job, RerunRequest(stage: .render, reset: true)) }
    #expect(try await harness.reader().pinCounts()[job]?.conflicts == 0)
    #expect(try await watch.units() == [])

    try await harness.session { engine in
      _ = try await engine.rerun(job, RerunRequest(stage: .render, settings: ["render.suffix=?"]))
    }
    let engine = try await harness.open()
    #expect(try await engine.keepPin(job, UnitID(.ocr, .page(3))))
    #expect(try await !engine.keepPin(job, UnitID(.ocr, .page(3))))
    try await engine.close()
    try await harness.session { _ = try await $0.resume(job) }
    #expect(try await harness.reader().pinCounts()[job]?.conflicts == 0)
    #expect(try await watch.units() == [])
    #expect(try harness.markdown(job).contains("tree with tables"))
  }

  @Test("of a part is flagged where the stage makes another part by now, and is kept")
  func partConflict() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run(Self.three)
    _ = try await harness.edit(job, "regions/2", #"{"text":"other regions"}"#)
    try await harness.session { engine in
      // More words, hence other regions.
      _ = try await engine.rerun(
        job, RerunRequest(stage: .ocr, pages: PageSelection("1-2"), settings: ["ocr.suffix= more"]))
    }
    let pins = try await harness.reader().pins(of: job)
    #expect(pins.map(\.unit) == [UnitID(.regions, .page(2))])
    #expect(pins.first?.newer != nil)
    let tree = try harness.tree(job)
    #expect(tree["05-regions/0002.json"].map { String(decoding: $0, as: UTF8.self) }?.contains("other regions") == true)
    #expect(tree["history/05-regions/0001.2.json"] != nil)
    #expect(tree["history/05-regions/0002.2.json"] == nil)
    #expect(tree["history/05-regions/0003.2.json"] == nil)
  }

  @Test("may stand for a unit that was given up, and nothing is missing then")
  func gap() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run("one\ntwo !ocr=fail\n")
    var watch = try await AttemptWatch(harness, job)
    #expect(try await harness.job(job).manifest.state == .completedWithErrors)
    _ = try await watch.units()
    _ = try await harness.edit(job, "ocr/2", #"{"text":"by hand"}"#)
    #expect(try await harness.job(job).manifest.state == .completed)
    #expect(try harness.markdown(job).contains("by hand with tables"))
    let ran = try await watch.units()
    #expect(!ran.contains("ocr/2") && ran.contains("layout/2"))
    try await harness.session { engine in
      try await engine.unpin(job, UnitID(.ocr, .page(2)))
      _ = try await engine.resume(job)
    }
    #expect(try await harness.job(job).manifest.state == .completedWithErrors)
    #expect(try await watch.units() == [])
  }

  @Test("is nobody else's: another job over the same document has what the stage makes")
  func otherJob() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run(Self.three)
    _ = try await harness.edit(job, "ocr/3", #"{"text":"tree"}"#)
    let other = try await harness.run(Self.three)
    #expect(try harness.markdown(other).contains("three with tables"))
    #expect(try await harness.attempts(other).isEmpty)
  }

  @Test("that says what the stage says is none, and one over something else than was seen is refused")
  func sameAndStale() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run(Self.three)
    #expect(try await harness.edit(job, "ocr/3", #"{"text":"three"}"#) == .unchanged)
    let seen = try await StandingCheckpoint(UnitID(.ocr, .page(3)), of: job, in: harness.reader()).record?.content
    _ = try await harness.edit(job, "ocr/3", #"{"text":"tree"}"#)
    let engine = try await harness.open()
    await #expect {
      _ = try await engine.pin(
        job,
        PinRequest(
          unit: UnitID(.ocr, .page(3)), content: .payload(Array(#"{"text":"x"}"#.utf8), like: nil), expected: seen,
          cause: .edit, author: "ada"))
    } throws: { ($0 as? StageFailure)?.code == .checkpointChanged }
    try await engine.close()
    #expect(try await harness.edit(job, "ocr/3", #"{"text":"three"}"#) == .unpinned)
    #expect(try await harness.reader().pins(of: job).isEmpty)
  }

  @Test("that no stage below can read pauses the job and says which pin it is; it is not lost")
  func unreadable() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run(Self.three)
    _ = try await harness.edit(job, "ocr/3", #"{"txt":"tree"}"#)
    let paused = try await harness.job(job).manifest
    #expect(paused.state == .paused)
    #expect(paused.failure?.code == .invalidCheckpoint)
    #expect(paused.failure?.message.contains("ocr/3") == true)
    _ = try await harness.edit(job, "ocr/3", #"{"text":"tree"}"#)
    #expect(try await harness.job(job).manifest.state == .completed)
  }

  @Test("keeps its bytes when the other jobs over the document go, and lets them go with its own")
  func deletion() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run(Self.three)
    _ = try await harness.edit(job, "render/3", #"{"text":"tree"}"#)
    try await harness.session { engine in
      _ = try await engine.rerun(job, RerunRequest(stage: .render, settings: ["render.suffix=?"]))
    }
    let pin = try #require(try await harness.reader().pins(of: job).first)
    let store = ObjectFolder(harness.folder)
    let engine = try await harness.open()
    let other = try await harness.submit(Self.three, to: engine)
    try await engine.run()
    try await engine.delete(other)
    try await engine.close()
    for object in [pin.object] + pin.files.map(\.digest) + [pin.base].compactMap({ $0 }) {
      #expect(try store.head(object) != nil)
    }
    #expect(pin.files.map(\.name) == ["0003.pgm"])
    let last = try await harness.open()
    try await last.delete(job)
    try await last.close()
    #expect(try store.list(after: nil, limit: 100).isEmpty)
  }

  @Test("restored from the history has the old bytes, and the history is bounded")
  func history() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run(Self.three)
    let unit = UnitID(.ocr, .page(3))
    for text in ["a", "b", "c", "d"] { _ = try await harness.edit(job, "ocr/3", #"{"text":"\#(text)"}"#) }
    var history = try await harness.reader().history(of: job, unit: unit)
    #expect(history.map(\.number) == [1, 2, 3, 4])
    let engine = try await harness.open()
    try await engine.keep(2, versionsOf: job)
    history = try await harness.reader().history(of: job, unit: unit)
    #expect(history.map(\.number) == [3, 4])
    #expect(
      try harness.tree(job).keys.filter { $0.hasPrefix("history/03-ocr") }.sorted() == [
        "history/03-ocr/0003.3.json", "history/03-ocr/0003.4.json",
      ])
    let standing = try await StandingCheckpoint(unit, of: job, in: engine.ledger)
    _ = try await engine.pin(
      job,
      PinRequest(
        unit: unit, content: .checkpoint(history[0].record), expected: standing.record?.content, cause: .restore,
        author: "ada"))
    try await engine.close()
    let tree = try harness.tree(job)
    #expect(tree["03-ocr/0003.json"].map { Digest(of: Array($0)) } == history[0].record.file.digest)
    #expect(try await harness.reader().history(of: job, unit: unit).map(\.number) == [4, 5])
    #expect(tree["history/03-ocr/0003.3.json"] == nil)
    #expect(tree["history/03-ocr/0003.5.json"] != nil)
  }

  @Test("may be a file that a person put into the job's folder")
  func adopted() async throws {
    let harness = try EngineHarness()
    let job = try await harness.run(Self.three)
    let original = try harness.tree(job)
    let place = harness.folder.job(job) + "/03-ocr/0003.json"
    let text = Data("a person's file".utf8)
    try FileManager.default.removeItem(atPath: place)
    try text.write(to: URL(fileURLWithPath: place))
    _ = try await harness.edit(job, "ocr/3", #"{"text":"tree"}"#)
    #expect(try harness.tree(job)["03-ocr/0003.json"] == text, "what was not adopted is left alone")
    _ = try await harness.edit(job, "ocr/3", #"{"text":"trees"}"#, adopted: Digest(of: Array(text)))
    let tree = try harness.tree(job)
    #expect(tree["03-ocr/0003.json"].map { String(decoding: $0, as: UTF8.self) }?.contains("trees") == true)
    #expect(tree["history/03-ocr/0003.1.json"] == original["03-ocr/0003.json"])
  }
}

extension EngineHarness {
  /// Pins a payload in a unit's place and runs what follows.
  func edit(_ job: JobID, _ name: String, _ payload: String, adopted: Digest? = nil) async throws -> PinOutcome {
    guard let unit = UnitID(name) else { throw StageFailure(.internalError, "no unit \(name)") }
    return try await session { engine in
      let standing = try await StandingCheckpoint(unit, of: job, in: engine.ledger)
      let outcome = try await engine.pin(
        job,
        PinRequest(
          unit: unit, content: .payload(Array(payload.utf8), like: standing.record), expected: standing.record?.content,
          cause: .edit, author: "ada", reason: "", adopted: adopted))
      _ = try await engine.resume(job)
      return outcome
    }
  }
}
