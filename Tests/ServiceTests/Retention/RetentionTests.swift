import Checkpoints
import Engine
import Foundation
import Ledger
import Logging
import StageKit
import Synchronization
import TestSupport
import Testing

@testable import Service

@Suite("Retention", .serialized, .timeLimit(.minutes(10)))
struct RetentionTests {
  private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

  private func sweep(
    _ engine: JobEngine, age: Double? = nil, keepsPinned: Bool = true, lowDisk: Int = 0,
    room: @escaping @Sendable () -> DiskRoom? = { nil }
  ) -> RetentionSweep {
    RetentionSweep(
      engine, .init(age: age, keepsPinned: keepsPinned, lowDisk: lowDisk), logger: logger, pause: .zero, room: room)
  }

  private func files(_ folder: String, suffix: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(suffix) }
  }

  @Test("finished jobs go at their age with their documents, younger and unfinished ones stay")
  func expiry() async throws {
    let bench = try EngineBench()
    try await bench.work { engine in
      let old = try await bench.finish("hello", engine)
      let other = try await bench.finish("sample", engine)
      let now = Date().timeIntervalSince1970
      #expect(try await sweep(engine, age: 3_600).expire(now: now) == 0)
      #expect(try await sweep(engine, age: nil).expire(now: now + 1e9) == 0)
      // A paused job is unfinished, however old.
      try await engine.ledger.apply([.jobState(other, .paused, nil)])
      #expect(try await sweep(engine, age: 3_600).expire(now: now + 3_700) == 1)
      #expect(try await engine.ledger.job(old) == nil)
      #expect(try await engine.ledger.job(other) != nil)
      #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder.documents).count == 1)
      #expect(!FileManager.default.fileExists(atPath: bench.folder.job(old)))
      try await engine.ledger.apply([.jobState(other, .completed, nil)])
      #expect(try await sweep(engine, age: 3_600).expire(now: now + 1e6) == 1)
      #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder.documents).isEmpty)
      #expect(try files(bench.folder.objects, suffix: "").allSatisfy { $0.count == 2 })
    }
  }

  @Test("a job with a person's checkpoint stays, unless the setting says otherwise")
  func pinned() async throws {
    let bench = try EngineBench()
    try await bench.work { engine in
      let job = try await bench.finish("hello", engine)
      let unit = try #require(try await engine.ledger.units(of: job).first { $0.unit.stage == .ocr && $0.key != nil })
      let key = try #require(unit.key)
      let artifact = try #require(try await engine.ledger.artifact(key: key))
      let file = artifact.checkpoint.file
      let pin = PinEntry(
        job: job, unit: unit.unit, basedOn: artifact.checkpoint.content, content: artifact.checkpoint.content,
        object: file.digest, who: "test", at: 0, why: "test", length: file.length)
      try await engine.ledger.apply([.pin(pin)])
      let later = Date().timeIntervalSince1970 + 1e6
      #expect(try await sweep(engine, age: 60).expire(now: later) == 0)
      #expect(try await sweep(engine, age: 60, keepsPinned: false).expire(now: later) == 1)
    }
  }

  @Test("many jobs are removed in steps, oldest first, and one that is rerun meanwhile stays")
  func steps() async throws {
    let bench = try EngineBench()
    try await bench.work { engine in
      var jobs: [JobID] = []
      for _ in 0..<5 { jobs.append(try await bench.finish("hello", engine)) }
      // All but the newest: each has its own age.
      let record = try #require(try await engine.ledger.job(jobs[3]))
      let cutoff = try #require(record.finished) + 0.0005
      #expect(try await sweep(engine, age: 10).expire(now: cutoff + 10) == 4)
      #expect(try await engine.ledger.oldestJobs(after: nil, limit: 10).map(\.manifest.id) == [jobs[4]])
      // What the ledger is asked for at the same time as a rerun: whoever comes first wins, nothing is half removed.
      let last = jobs[4]
      async let isGone = engine.expire(last, finishedBefore: .greatestFiniteMagnitude, unlessPinned: false)
      async let rerun: Void? = try? await { _ = try await engine.resume(last) }()
      let (gone, _) = try await (isGone, rerun)
      if gone {
        #expect(try await engine.ledger.job(last) == nil)
      } else {
        try await bench.wait(last, engine)
        #expect(try await engine.ledger.job(last)?.manifest.state == .completed)
      }
    }
  }

  @Test("on a full disk page images of finished jobs go, results and previews stay, and a rerun makes the same again")
  func rasters() async throws {
    let bench = try EngineBench()
    try await bench.work { engine in
      let job = try await bench.finish("sample", engine)
      let twin = try await bench.finish("sample", engine)
      let tree = bench.folder.job(job)
      let results = try files(tree, suffix: ".md") + files(tree, suffix: ".jpg") + files(tree, suffix: ".json")
      let images = try files(tree, suffix: ".tif")
      #expect(!images.isEmpty)
      let before = try Data(contentsOf: URL(fileURLWithPath: tree + "/" + images[0]))
      // Twice low, then enough.
      let asked = Atomic<Int>(0)
      let freed = try await sweep(engine, lowDisk: 100) {
        DiskRoom(free: asked.wrappingAdd(1, ordering: .relaxed).newValue < 3 ? 0 : 1_000, size: 10_000)
      }.makeRoom()
      #expect(freed >= before.count)
      #expect(try files(tree, suffix: ".tif").isEmpty)
      #expect(try files(bench.folder.job(twin), suffix: ".tif").isEmpty, "both jobs link to the same file")
      #expect(try files(tree, suffix: ".md") + files(tree, suffix: ".jpg") + files(tree, suffix: ".json") == results)
      #expect(try await engine.ledger.job(job)?.manifest.state == .completed)
      // Nothing is left to remove.
      #expect(try await sweep(engine, lowDisk: 100) { DiskRoom(free: 0, size: 1) }.makeRoom() == 0)

      let keys = try await engine.ledger.units(of: job).map(\.key)
      _ = try await engine.resume(job)
      try await bench.wait(job, engine)
      #expect(try await engine.ledger.job(job)?.manifest.state == .completed)
      #expect(try await engine.ledger.units(of: job).map(\.key) == keys)
      #expect(try Data(contentsOf: URL(fileURLWithPath: tree + "/" + images[0])) == before)
      let ran = try await engine.ledger.attempts(of: job, unit: nil).map(\.unit.stage)
      #expect(ran.filter { $0 == .render }.count == 2 * images.count, "once, and once again")
      #expect(ran.filter { $0 == .ocr }.count == images.count, "what is below stands")
    }
  }

  @Test("the images of a job that an unfinished one shares stay")
  func shared() async throws {
    let bench = try EngineBench()
    try await bench.work { engine in
      let job = try await bench.finish("hello", engine)
      let twin = try await bench.finish("hello", engine)
      try await engine.ledger.apply([.jobState(twin, .paused, nil)])
      #expect(try await engine.dropRasters(of: job).files == 0)
      #expect(try await engine.dropRasters(of: twin).files == 0, "unfinished itself")
      try await engine.ledger.apply([.jobState(twin, .cancelled, nil)])
      #expect(try await engine.dropRasters(of: job).files == 1)
    }
  }

  @Test("on a small disk there is room again, as the kernel tells it", .enabled(if: SmallDisk.isPossible))
  func smallDisk() async throws {
    let disk = try SmallDisk(bytes: 64 << 20)
    let bench = try EngineBench(path: disk.path)
    try await bench.work { engine in
      let job = try await bench.finish("sample", engine)
      let path = bench.folder.path
      let before = try #require(DiskRoom(of: path)?.free)
      // As if the disk were fuller than it may be by a byte.
      let freed = try await sweep(engine, lowDisk: before + 1) { DiskRoom(of: path) }.makeRoom()
      #expect(freed > 0)
      // The links are gone with the object, and so, soon, is the worker that had it open.
      while try #require(DiskRoom(of: path)?.free) <= before { try await Task.sleep(for: .milliseconds(20)) }
      #expect(try files(bench.folder.job(job), suffix: ".md").count == 1)
    }
    withExtendedLifetime(disk) {}
  }
}
