import Checkpoints
import Foundation
import Integrity
import Ledger
import StageKit
import TestSupport
import Testing

@Suite("Checking a data folder")
struct FolderCheckTests {
  @Test("finds nothing in a folder that is well", arguments: ["settled", "killed", "edited"])
  func clean(state: String) async throws {
    let benches = ["settled": FolderBench.settled, "killed": FolderBench.killed, "edited": FolderBench.edited]
    let bench = try await #require(benches[state]).value.copy()
    let (findings, summary) = try bench.check()
    // Nothing is left to note either where an owner has ended in order.
    #expect(findings.filter { state == "killed" ? $0.grade != .note : true } == [])
    #expect(summary.files > 50)
    #expect(summary.bytes > 10_000)
  }

  /// What can happen to a folder, what it is told as, and whether a resume is needed to heal it.
  struct Mishap: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let code: FindingCode
    let grade: IntegrityFinding.Grade
    let happen: @Sendable (FolderBench, JobID) throws -> Void

    init(
      _ name: String, _ code: FindingCode, _ grade: IntegrityFinding.Grade = .healed,
      _ happen: @escaping @Sendable (FolderBench, JobID) throws -> Void
    ) {
      testDescription = name
      self.code = code
      self.grade = grade
      self.happen = happen
    }
  }

  /// The object behind a place of the job's tree.
  private static func object(_ bench: FolderBench, _ job: JobID, _ place: String) throws -> String {
    let survey = try #require(FileSurvey(bench.folder.job(job) + "/" + place))
    return bench.folder.object(try #require(try survey.digest()))
  }

  private static func write(_ text: String, _ path: String) throws {
    // Not in place: the other names of the file keep their bytes.
    try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  static let mishaps: [Mishap] = [
    Mishap("an object is gone", .objectMissing) { bench, job in
      try FileManager.default.removeItem(atPath: object(bench, job, "04-layout/0001.json"))
    },
    Mishap("a page image is cut short", .objectDamaged) { bench, job in
      let path = try object(bench, job, "02-render/0001.pgm")
      chmod(path, 0o644)
      truncate(path, 3)
      chmod(path, 0o444)
    },
    Mishap("an object is empty", .objectDamaged) { bench, job in
      let path = try object(bench, job, "05-regions/0002.json")
      chmod(path, 0o644)
      truncate(path, 0)
      chmod(path, 0o444)
    },
    Mishap("the ledger tells another length of an object", .objectLength) { bench, job in
      let path = try object(bench, job, "05-regions/0002.json")
      let digest = try #require(path.split(separator: "/").last.flatMap { Digest(String($0)) })
      let ledger = try LedgerInspection(path: bench.folder.ledger, writable: true)
      try ledger.setLength(0, ofObject: digest)
      try ledger.close()
    },
    Mishap("the ledger tells another length of a document", .documentLength) { bench, job in
      let ledger = try LedgerInspection(path: bench.folder.ledger, writable: true)
      let source = try #require(try ledger.job(job)).manifest.source
      try ledger.setLength(0, ofDocument: source)
      try ledger.close()
    },
    Mishap("an object can be written to", .objectWritable) { bench, job in
      chmod(try object(bench, job, "08-assembly/0001.json"), 0o644)
    },
    Mishap("an object is damaged where the tree has a copy", .objectDamaged) { bench, job in
      let place = bench.folder.job(job) + "/04-layout/0002.json"
      let path = try object(bench, job, "04-layout/0002.json")
      let bytes = try Data(contentsOf: URL(fileURLWithPath: place))
      try FileManager.default.removeItem(atPath: place)
      try bytes.write(to: URL(fileURLWithPath: place))
      chmod(place, 0o444)
      try bench.flip(path, byte: 40, bit: 3)
    },
    Mishap("a link is gone", .linkMissing) { bench, job in
      try FileManager.default.removeItem(atPath: bench.folder.job(job) + "/03-ocr/0002.json")
    },
    Mishap("an older result stands at a place", .linkStale) { bench, job in
      let place = bench.folder.job(job) + "/03-ocr/0002.json"
      try FileManager.default.removeItem(atPath: place)
      try FileManager.default.linkItem(atPath: bench.folder.job(job) + "/02-render/0002.json", toPath: place)
    },
    Mishap("a copy has a wrong bit", .linkDamaged) { bench, job in
      let place = bench.folder.job(job) + "/15-export/md/document.md"
      let bytes = try Data(contentsOf: URL(fileURLWithPath: place))
      try FileManager.default.removeItem(atPath: place)
      try bytes.write(to: URL(fileURLWithPath: place))
      try bench.flip(place, byte: 2, bit: 0)
    },
    Mishap("a replaced version's link is gone", .historyLink, .healed) { bench, job in
      let folder = bench.folder.job(job) + "/history"
      try FileManager.default.removeItem(atPath: folder)
    },
    Mishap("a person's file stands at a place", .strangeFile, .note) { bench, job in
      try write("mine", bench.folder.job(job) + "/13-chunking/document.json")
    },
    Mishap("job.json is gone", .manifestMissing) { bench, job in
      try FileManager.default.removeItem(atPath: bench.folder.job(job) + "/job.json")
    },
    Mishap("job.json was edited", .manifestDiffers) { bench, job in
      try write("{}", bench.folder.job(job) + "/job.json")
    },
    Mishap("a pin's file is gone", .pinMissing) { bench, job in
      try FileManager.default.removeItem(atPath: bench.folder.job(job) + "/pins/03-ocr-0001.json")
    },
    Mishap("a pin's object is gone", .objectMissing, .lost) { bench, job in
      try FileManager.default.removeItem(atPath: object(bench, job, "03-ocr/0001.json"))
    },
    Mishap("the document is gone", .documentMissing, .lost) { bench, job in
      let manifest = try #require(try JobTree(job, in: bench.folder).manifest())
      try FileManager.default.removeItem(atPath: bench.folder.document(manifest.source))
    },
    Mishap("a dead owner left files", .leftover) { bench, _ in
      try FileManager.default.createDirectory(
        atPath: bench.folder.temporary(of: "dead") + "/worker-1", withIntermediateDirectories: true)
    },
    Mishap("the ledger is gone", .ledgerMissing) { bench, _ in
      try FileManager.default.removeItem(atPath: bench.folder.ledger)
    },
    Mishap("a page of the ledger is blank", .ledgerPage) { bench, _ in
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: bench.folder.ledger))
      let length = try handle.seekToEnd()
      try handle.seek(toOffset: length / 4096 / 2 * 4096)
      try handle.write(contentsOf: Data(count: 4096))
      try handle.close()
    },
    Mishap("the first page of the ledger is blank", .ledgerPage) { bench, _ in
      let handle = try FileHandle(forUpdating: URL(fileURLWithPath: bench.folder.ledger))
      try handle.write(contentsOf: Data(count: 4096))
      try handle.close()
    },
    Mishap("the ledger is cut in half", .ledgerPage) { bench, _ in
      truncate(bench.folder.ledger, off_t((FileSurvey(bench.folder.ledger)?.length ?? 0) / 2))
    },
    Mishap("the ledger is something else", .ledgerPage) { bench, _ in
      try write(String(repeating: "no ledger at all\n", count: 1000), bench.folder.ledger)
    },
  ]

  @Test("tells what happened, and heals it", arguments: mishaps)
  func mishap(_ mishap: Mishap) async throws {
    let pristine = try await FolderBench.settled.value
    let bench = try pristine.copy()
    // The one with a pin.
    let story = try await pristine.copy().story()
    let job = try #require(story.first { !$0.pins.isEmpty }).manifest.id
    try mishap.happen(bench, job)

    let before = try bench.contents()
    let found = try bench.check()
    let first = try #require(found.findings.first { $0.code == mishap.code }, "\(found.findings)")
    #expect(first.grade == (mishap.grade == .healed ? .repairable : mishap.grade))
    #expect(try bench.contents() == before)

    let repaired = try bench.check(repairs: true)
    #expect(repaired.findings.contains { $0.code == mishap.code && $0.grade == mishap.grade })
    guard mishap.grade == .healed else {
      #expect(mishap.grade != .lost || first.affected.contains { $0.job == job })
      return
    }
    #expect(repaired.summary.lost == 0)
    try await bench.resume(story.map(\.manifest.id))
    let (trees, expected) = (try bench.trees(), try pristine.trees())
    #expect(Set(trees.keys).union(expected.keys).filter { trees[$0] != expected[$0] } == [])
    let after = try bench.check()
    #expect(after.findings.filter { $0.grade != .note } == [])
  }

  @Test("a person's file is kept as it is")
  func keepsStrangers() async throws {
    let bench = try await FolderBench.settled.value.copy()
    let job = try #require(try await bench.story().first).manifest.id
    let place = bench.folder.job(job) + "/03-ocr/0002.json"
    try Self.write("mine", place)
    _ = try bench.check(repairs: true)
    #expect(try String(contentsOfFile: place, encoding: .utf8) == "mine")
  }

  @Test("calls no file of Sheaf's own strange whose sibling was damaged")
  func siblings() async throws {
    let bench = try await FolderBench.settled.value.copy()
    let job = try #require(try await bench.story().first).manifest.id
    try bench.flip(Self.object(bench, job, "02-render/0001.json"), byte: 9, bit: 1)
    for _ in 0..<2 {
      let found = try bench.check(repairs: true).findings
      #expect(!found.contains { $0.code == .strangeFile })
      #expect(found.contains { $0.code == .linkStale && $0.path.hasSuffix("02-render/0001.pgm") })
    }
    try await bench.resume([job])
    #expect(try bench.check().findings.map(\.code) == [.quarantined])
  }

  @Test("of one job reads that job's files alone, and finds their damage")
  func oneJob() async throws {
    let bench = try await FolderBench.settled.value.copy()
    let jobs = try await bench.story().map(\.manifest.id)
    let (damaged, other) = (jobs[0], jobs[1])
    try bench.flip(Self.object(bench, damaged, "04-layout/0002.json"), byte: 9, bit: 1)
    let found = try bench.check(jobs: [damaged])
    #expect(found.findings.filter { $0.grade != .note }.map(\.code) == [.objectDamaged])
    #expect(found.summary.files < (try bench.check().summary.files))
    // Equal pages would be one object of both.
    #expect(try bench.check(jobs: [other]).findings.filter { $0.grade != .note } == [])
  }

  @Test("a job whose row is gone is taken in again")
  func unlisted() async throws {
    let bench = try await FolderBench.settled.value.copy()
    let story = try await bench.story()
    let job = try #require(story.last).manifest.id
    let ledger = try SQLiteLedger(path: bench.folder.ledger)
    try await ledger.bury(job)
    try await ledger.removeRows(of: job)
    try await ledger.close()
    #expect(try bench.check().findings.contains { $0.code == .jobUnlisted && $0.grade == .repairable })
    let repaired = try bench.check(repairs: true)
    #expect(repaired.summary.jobsToResume == [job])
    try await bench.resume([job])
    let now = try await bench.story()
    #expect(now.map(\.manifest) == story.map(\.manifest))
    #expect(now.map(\.units) == story.map(\.units))
  }
}
