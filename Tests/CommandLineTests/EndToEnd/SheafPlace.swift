import Checkpoints
import Foundation
import Ledger
import StageKit
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A data folder and a folder for results of a test's own, and the command line over them.
final class SheafPlace: Sendable {
  private let temporary: TemporaryFolder
  let path: String
  let data: DataFolder
  var out: String { path + "/out" }

  /// - Parameter dataFolder: a path elsewhere; nil for one in this place.
  init(dataFolder: String? = nil) throws {
    temporary = try TemporaryFolder()
    path = temporary.path
    data = DataFolder(dataFolder ?? temporary.path + "/data")
  }

  /// Every format, so that all fifteen stages have work.
  static let allFormats = ["--format", ExportFormat.allCases.map(\.rawValue).joined(separator: ",")]

  /// Runs `sheaf` in this place to its end.
  ///
  /// - Parameters:
  ///   - arguments: the command with its own arguments; `--data` is added.
  ///   - delivering: whether it takes `--out` and `--progress`.
  @discardableResult
  func sheaf(
    _ arguments: [String], delivering: Bool = true, environment: [String: String] = [:], input: String = "/dev/null",
    limit: Duration = .seconds(120), during: @Sendable (pid_t) async throws -> Void = { _ in }
  ) async throws -> ProgramEnd {
    var all = arguments + ["--data", data.path]
    if delivering {
      if !arguments.contains("--out") { all += ["--out", out] }
      if !arguments.contains("--progress") { all += ["--progress", "none"] }
    }
    return try await ProgramRun(
      executable: Programs.sheaf, arguments: all, environment: environment, folder: path, input: input, limit: limit
    ).end(during: during)
  }

  /// Writes a file into this place.
  func write(_ text: String, as name: String) throws -> String {
    let file = path + "/" + name
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// Puts a fixture's document into this place under a name.
  @discardableResult
  func copy(_ fixture: String, as name: String) throws -> String {
    let file = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: URL(fileURLWithPath: Programs.fixture(fixture)), to: file)
    return file.path
  }

  // MARK: What is there

  func ledger() throws -> SQLiteLedgerReader { try SQLiteLedgerReader(path: data.ledger) }

  /// The newest first.
  func jobs() async throws -> [JobRecord] { try await ledger().jobs(states: nil, before: nil, limit: 1000) }

  func job() async throws -> JobRecord { try #require(try await jobs().first) }

  func attempts() async throws -> [AttemptRecord] { try await ledger().attempts(of: job().manifest.id, unit: nil) }

  /// None where there is no job yet.
  ///
  /// - Throws: where there is no ledger yet, either.
  func attemptsSoFar() async throws -> [AttemptRecord] {
    guard let job = try await jobs().first else { return [] }
    return try await ledger().attempts(of: job.manifest.id, unit: nil)
  }

  /// The newest job's checkpoints and their files, by path; what tells of the job itself is left out.
  func tree() async throws -> [String: Data] {
    Self.files(below: data.job(try await job().manifest.id)).filter { $0.key != "job.json" }
  }

  /// Waits until so many attempts of a stage have succeeded.
  func reached(_ stage: StageID, count: Int = 1) async throws {
    for _ in 0..<3000 {
      // There is no ledger or no job yet.
      let attempts = (try? await attemptsSoFar()) ?? []
      if attempts.count(where: { $0.unit.stage == stage && $0.outcome == .succeeded }) >= count { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("no attempt of \(stage) succeeded in thirty seconds")
  }

  /// What was delivered, by path.
  func results() -> [String: Data] { Self.files(below: out) }

  /// What lies in the folder of attempt files.
  func leftovers() throws -> [String] { try FileManager.default.subpathsOfDirectory(atPath: data.temporary) }

  static func files(below root: String) -> [String: Data] {
    var files: [String: Data] = [:]
    // A folder that is not there has no files.
    for path in (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? [] {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isFolder), !isFolder.boolValue
      else { continue }
      files[path] = FileManager.default.contents(atPath: root + "/" + path)
    }
    return files
  }
}
