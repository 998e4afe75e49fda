import Checkpoints
import Engine
import Foundation
import Ledger
import Logging
import StageKit
import TestSupport

/// An engine over a folder of its own with the real worker, for what runs beside the routes.
struct EngineBench: Sendable {
  let folder: DataFolder
  private let files: TemporaryFolder

  /// - Parameter path: nil for a folder that vanishes with the test.
  init(path: String? = nil) throws {
    files = try TemporaryFolder()
    folder = DataFolder((path ?? files.path) + "/data")
  }

  /// Opens an engine, has it work while the body uses it, and closes it.
  @discardableResult
  func work<Value: Sendable>(
    deleting: (@Sendable (JobID) async throws -> Void)? = nil,
    _ body: @escaping @Sendable (JobEngine) async throws -> Value
  ) async throws -> Value {
    var configuration = EngineConfiguration(
      workers: 1, program: "test", workerExecutable: Self.program("sheaf-worker"),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    configuration.stays = true
    configuration.whenDeleting = deleting
    let engine = try await JobEngine.open(folder, configuration)
    do {
      let value = try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await engine.run() }
        let value: Value
        do { value = try await body(engine) } catch {
          await engine.stop()
          throw error
        }
        await engine.stop()
        try await group.waitForAll()
        return value
      }
      try await engine.close()
      return value
    } catch {
      // The first failure is the one to tell.
      try? await engine.close()
      throw error
    }
  }

  /// Submits a fixture and waits until its job has come to rest.
  func finish(_ fixture: String, _ engine: JobEngine) async throws -> JobID {
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: Self.fixture(fixture)))
    let document = try await engine.take(from: handle.fileDescriptor)
    let record = try await engine.submit(
      document, name: "\(fixture).pdf", settings: JobSettings(formats: [.markdown]), password: nil)
    try await wait(record.manifest.id, engine)
    return record.manifest.id
  }

  func wait(_ job: JobID, _ engine: JobEngine) async throws {
    while let record = try await engine.ledger.job(job), !record.manifest.state.isFinished {
      guard record.manifest.state != .paused else { throw Paused(failure: record.manifest.failure) }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  struct Paused: Error {
    let failure: StageFailure?
  }

  static func fixture(_ name: String) -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/\(name)").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return folder + "/" + (names.first { $0.hasPrefix("source.") } ?? "source.pdf")
  }

  /// Beside the test program, where the build put it.
  static func program(_ name: String) -> String {
    // A test program always has a path.
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent(name).path
  }
}
