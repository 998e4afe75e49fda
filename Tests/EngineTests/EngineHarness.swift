import CanonicalJSON
import Checkpoints
import Foundation
import Ledger
import Logging
import StageKit
import TestSupport

@testable import Engine

/// An engine over a folder of its own, with real worker processes that obey the test's document.
final class EngineHarness {
  let temporary: TemporaryFolder
  let folder: DataFolder
  var limits = WorkerLimits()
  var workers = 2
  /// Most stages of a test leave a mark outside of their scratch folder, or start something.
  var sandbox = SandboxPolicy.Mode.off
  var isolation = WorkerIsolation.owner
  var models: (any ModelGateway)?
  var whenDeleting: (@Sendable (JobID) async throws -> Void)?

  init() throws {
    temporary = try TemporaryFolder()
    folder = DataFolder(temporary.path + "/data")
  }

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
    var configuration = EngineConfiguration(
      workers: workers, program: "engine test", workerExecutable: Self.faultWorker,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    configuration.limits = limits
    configuration.sandbox = sandbox
    configuration.isolation = isolation
    configuration.models = models
    configuration.whenDeleting = whenDeleting
    return try await JobEngine.open(folder, configuration)
  }

  /// Runs a document to the end of its job.
  func run(
    _ text: String, _ settings: JobSettings = EngineHarness.exports, password: String? = nil
  ) async throws -> JobID {
    try await session { try await self.submit(text, settings, password: password, to: $0) }
  }

  func submit(
    _ text: String, _ settings: JobSettings = EngineHarness.exports, password: String? = nil, to engine: JobEngine
  ) async throws -> JobID {
    let file = temporary.file(UUID().uuidString)
    try Data(text.utf8).write(to: file)
    let handle = try FileHandle(forReadingFrom: file)
    let document = try await engine.take(from: handle.fileDescriptor)
    return try await engine.submit(document, name: "test", settings: settings, password: password).manifest.id
  }

  func job(_ id: JobID) async throws -> JobRecord {
    guard let record = try await reader().job(id) else { throw LedgerFailure.jobNotFound(id) }
    return record
  }

  func units(_ id: JobID) async throws -> [UnitID: UnitRecord] {
    Dictionary(uniqueKeysWithValues: try await reader().units(of: id).map { ($0.unit, $0) })
  }

  func attempts(_ id: JobID, _ unit: String? = nil) async throws -> [AttemptRecord] {
    try await reader().attempts(of: id, unit: unit.flatMap { UnitID($0) })
  }

  func reader() throws -> SQLiteLedgerReader { try SQLiteLedgerReader(path: folder.ledger) }

  /// The text of a job's Markdown.
  func markdown(_ id: JobID) throws -> String {
    try String(contentsOfFile: folder.job(id) + "/15-export/md/document.md", encoding: .utf8)
  }

  /// The files of a job's tree, by path, with their bytes; job.json left out.
  func tree(_ id: JobID) throws -> [String: Data] {
    let root = folder.job(id)
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: root) where path != "job.json" {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isFolder), !isFolder.boolValue
      else {
        continue
      }
      files[path] = FileManager.default.contents(atPath: root + "/" + path)
    }
    return files
  }

  /// What lies in the folder of attempt files.
  func leftovers() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.temporary)
  }

  static let exports = JobSettings(formats: [.markdown, .text])

  /// Beside the test program, where the build put it.
  static let faultWorker: String = {
    // A test program always has a path.
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("fault-worker").path
  }()
}
