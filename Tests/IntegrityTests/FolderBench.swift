import CanonicalJSON
import Checkpoints
import Engine
import Foundation
import Ledger
import Logging
import StageKit
import TestSupport

@testable import Integrity

/// A data folder of a test's own, made by a real engine with real workers.
final class FolderBench: Sendable {
  private let temporary: TemporaryFolder
  let folder: DataFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = DataFolder(temporary.path + "/data")
  }

  // MARK: Making it

  /// Opens an engine, lets the body use it, runs it until its jobs rest, and closes it.
  @discardableResult
  func session<Value: Sendable>(_ body: (JobEngine) async throws -> Value) async throws -> Value {
    let engine = try await open()
    do {
      let value = try await body(engine)
      try await engine.run()
      try await engine.close()
      return value
    } catch {
      try await engine.close()
      throw error
    }
  }

  func open() async throws -> JobEngine {
    try await JobEngine.open(
      folder,
      EngineConfiguration(
        workers: 2, program: "integrity test", workerExecutable: Self.faultWorker,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
  }

  func submit(_ text: String, to engine: JobEngine) async throws -> JobID {
    let file = temporary.file(UUID().uuidString)
    try Data(text.utf8).write(to: file)
    let handle = try FileHandle(forReadingFrom: file)
    let document = try await engine.take(from: handle.fileDescriptor)
    let settings = JobSettings(formats: [.markdown, .text])
    return try await engine.submit(document, name: "test", settings: settings, password: nil).manifest.id
  }

  func resume(_ jobs: some Sequence<JobID>) async throws {
    let jobs = jobs.sorted { $0.text < $1.text }
    try await session { engine in for job in jobs { _ = try await engine.resume(job) } }
  }

  /// Beside the test program, where the build put it.
  private static let faultWorker: String = {
    // A test program always has a path.
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("fault-worker").path
  }()

  /// Two jobs, one of them with a pin and a replaced version, as an orderly end leaves them.
  static let settled = Task { () -> FolderBench in
    let bench = try FolderBench()
    try await bench.fill()
    return bench
  }

  /// The same as a kill leaves it: much of it is only in the ledger's log.
  static let killed = Task { () -> FolderBench in
    let bench = try FolderBench()
    try await bench.fill()
    let engine = try await bench.open()
    _ = try await bench.submit("five\nsix !render=retry@/nowhere/at/all\n", to: engine)
    try await engine.run()
    let copy = try bench.copy()
    try await engine.close()
    // What its owner left is another test's: here everything is to be well.
    try FileManager.default.removeItem(atPath: copy.folder.temporary)
    try FileManager.default.createDirectory(atPath: copy.folder.temporary, withIntermediateDirectories: true)
    return copy
  }

  private func fill() async throws {
    let job = try await session { engine in
      _ = try await self.submit("one\ntwo\n", to: engine)
      return try await self.submit("three words here\nfour\n", to: engine)
    }
    let unit = UnitID(.ocr, .page(1))
    try await session { engine in
      let standing = try await StandingCheckpoint(unit, of: job, in: engine.ledger)
      _ = try await engine.pin(
        job,
        PinRequest(
          unit: unit, content: .payload(Array(#"{"text":"tree words here"}"#.utf8), like: standing.record),
          expected: standing.record?.content, cause: .edit, author: "ada", reason: "a misread word"))
      _ = try await engine.resume(job)
    }
    try await session { engine in
      _ = try await engine.rerun(job, RerunRequest(stage: .sections, settings: ["sections.suffix=!"]))
    }
  }

  /// A copy with the links among its files, in a folder of its own.
  func copy() throws -> FolderBench {
    let bench = try FolderBench()
    var places: [FileIdentity: String] = [:]
    try FileManager.default.createDirectory(atPath: bench.folder.path, withIntermediateDirectories: true)
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() {
      guard let file = FileSurvey(folder.path + "/" + path) else { continue }
      let target = bench.folder.path + "/" + path
      if file.isFolder {
        try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: true)
      } else if file.isRegular, let first = places[file.identity] {
        try FileManager.default.linkItem(atPath: first, toPath: target)
      } else if file.isRegular {
        try FileManager.default.copyItem(atPath: file.path, toPath: target)
        places[file.identity] = target
      }
    }
    return bench
  }

  // MARK: Damaging it

  /// The files whose bytes matter, each once.
  func files() throws -> [FileSurvey] {
    var seen: Set<FileIdentity> = []
    return try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
      .filter { !$0.hasPrefix("tmp") && !$0.hasPrefix("quarantine") && $0 != "lock" && !$0.hasSuffix("-shm") }
      .compactMap { FileSurvey(folder.path + "/" + $0) }
      .filter { $0.isRegular && $0.length > 0 && seen.insert($0.identity).inserted }
  }

  /// Flips a bit in place: every name of the file shows it, as when the disk forgets.
  func flip(_ path: String, byte: Int, bit: Int) throws {
    let survey = FileSurvey(path)
    _ = chmod(path, 0o644)
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try handle.seek(toOffset: UInt64(byte))
    let old = try handle.read(upToCount: 1)?.first ?? 0
    try handle.seek(toOffset: UInt64(byte))
    try handle.write(contentsOf: Data([old ^ (1 << bit)]))
    try handle.close()
    if survey?.isWritable == false { _ = chmod(path, 0o444) }
  }

  // MARK: Looking at it

  func check(
    repairs: Bool = false, rebuilds: Bool = false, jobs: Set<JobID>? = nil
  ) throws -> (findings: [IntegrityFinding], summary: IntegritySummary) {
    var plan = FolderCheck.Plan()
    plan.repairs = repairs || rebuilds
    plan.rebuilds = rebuilds
    plan.jobs = jobs
    var findings: [IntegrityFinding] = []
    let owner = UUID().uuidString.lowercased()
    let lock = try lock(as: DataFolderOwner(id: owner, process: getpid(), program: "fsck test"))
    let summary = try FolderCheck(folder, plan: plan, owner: owner) { findings.append($0) }.run()
    if plan.repairs { try folder.removeTemporary(of: owner) }
    withExtendedLifetime(lock) {}
    return (findings, summary)
  }

  /// Takes the owner's lock. A worker that another test is just starting has our descriptors until it has become its own
  /// program, and with them a lock that was given back meanwhile: so it is asked for again for a moment.
  func lock(as owner: DataFolderOwner) throws -> OwnerLock {
    for _ in 0..<100 {
      if let lock = try? OwnerLock(folder, owner: owner) { return lock }
      usleep(20_000)
    }
    return try OwnerLock(folder, owner: owner)
  }

  /// All files of the jobs' trees, by path.
  func trees() throws -> [String: Data] { try contents(below: "jobs") }

  /// Bytes by path; what only the moment explains is left out.
  func contents(below root: String = "") throws -> [String: Data] {
    var files: [String: Data] = [:]
    let start = folder.path + (root.isEmpty ? "" : "/" + root)
    for path in try FileManager.default.subpathsOfDirectory(atPath: start) {
      guard path != "lock", !path.hasSuffix("-shm"), FileSurvey(start + "/" + path)?.isRegular == true else { continue }
      files[path] = FileManager.default.contents(atPath: start + "/" + path)
    }
    return files
  }

  /// What the ledger says of every job.
  func story() async throws -> [JobStory] {
    let ledger = try SQLiteLedgerReader(path: folder.ledger)
    var stories: [JobStory] = []
    for job in try await ledger.jobs(states: nil, before: nil, limit: 100) {
      let id = job.manifest.id
      var units: [UnitID: Digest?] = [:]
      for unit in try await ledger.units(of: id) { units[unit.unit] = unit.content }
      stories.append(
        JobStory(
          manifest: job.manifest, pages: job.pageCount, units: units,
          // Files tell the second.
          pins: try await ledger.pins(of: id).map { PinRecord($0) },
          history: try await ledger.history(of: id, unit: nil).map(\.record)))
    }
    return stories.sorted { $0.manifest.id.text < $1.manifest.id.text }
  }

  func attempts(of job: JobID) async throws -> Int {
    try await SQLiteLedgerReader(path: folder.ledger).attempts(of: job, unit: nil).count
  }
}

/// What of a job must survive.
struct JobStory: Equatable {
  let manifest: JobManifest
  let pages: Int?
  let units: [UnitID: Digest?]
  let pins: [PinRecord]
  let history: [CheckpointRecord]
}
