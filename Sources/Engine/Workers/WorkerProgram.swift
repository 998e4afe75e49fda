import CanonicalJSON
import Foundation
import StageKit
import WorkerChannel

/// The program that runs stages.
package struct WorkerProgram: Sendable {
  /// Absolute.
  package let executable: String
  /// 0…19: how far it gives way to others.
  private let niceness: Int
  private let sandbox: SandboxPolicy

  /// - Parameters:
  ///   - executable: nil seeks it beside this program.
  ///   - niceness: 0…19, how far it gives way to others.
  ///   - sandbox: what it gives up first; its scratch folder is told with each start.
  /// - Throws: `StageFailure` where there is none.
  package init(executable: String? = nil, niceness: Int = 0, sandbox: SandboxPolicy = SandboxPolicy()) throws {
    self.niceness = niceness
    self.sandbox = sandbox
    self.executable = try executable ?? Self.besideThisProgram()
    guard FileManager.default.isExecutableFile(atPath: self.executable) else {
      throw StageFailure(
        .internalError, "The program sheaf-worker is missing at \(self.executable).",
        hint: "Install it beside sheaf.")
    }
  }

  /// Asks the program for the plan.
  ///
  /// - Throws: `StageFailure` where it does not answer in time or speaks another protocol.
  package func describe() async throws -> PlanDescription {
    let process = try await WorkerSpawner.shared.spawn(command("describe", capturesOutput: true))
    let (bytes, exit) = try await BlockingWork.run { try Self.collect(process) }
    guard exit?.isSuccess == true else {
      throw StageFailure(
        .internalError, "sheaf-worker could not describe its stages.", hint: "Run sheaf doctor.")
    }
    let description = try CanonicalDecoder().decode(PlanDescription.self, from: bytes)
    guard description.protocol == PlanDescription.protocolVersion else {
      throw StageFailure(
        .internalError, "sheaf-worker is of another version than sheaf.", hint: "Install both from one release.")
    }
    return description
  }

  /// Has the program write the JSON Schema of each stage's checkpoints, `03-ocr.schema.json`, into a folder.
  ///
  /// - Throws: `StageFailure` where it does not do so in time.
  package func writeSchemas(to folder: String) async throws {
    let process = try await WorkerSpawner.shared.spawn(command("describe", "--schemas", folder, capturesOutput: true))
    let (_, exit) = try await BlockingWork.run { try Self.collect(process) }
    guard exit?.isSuccess == true else {
      throw StageFailure(.internalError, "sheaf-worker could not tell its schemas.", hint: "Run sheaf doctor.")
    }
  }

  /// Starts a worker that waits for orders, or one that does something else.
  ///
  /// - Parameter scratch: the one folder that it may write into; absolute, and there already.
  func start(_ tool: String = "work", scratch: String? = nil) async throws -> SpawnedProcess {
    try await WorkerSpawner.shared.spawn(command(tool, scratch: scratch))
  }

  private func command(_ arguments: String..., scratch: String? = nil, capturesOutput: Bool = false) throws
    -> WorkerCommand
  {
    var policy = sandbox
    policy.scratch = scratch
    var environment = Self.environment
    environment[SandboxPolicy.variable] = String(decoding: try CanonicalEncoder().encode(policy), as: UTF8.self)
    return WorkerCommand(
      executable: executable, arguments: arguments, environment: environment, niceness: niceness,
      capturesOutput: capturesOutput)
  }

  /// Little is handed on, so that nothing of the user's surroundings can change a result.
  private static var environment: [String: String] {
    var environment = [
      // More threads make Tesseract several times slower, and must be told before it starts.
      "OMP_THREAD_LIMIT": "1",
      // A backtrace of a hostile document's crash takes seconds and tells nobody anything.
      "SWIFT_BACKTRACE": "enable=no",
      // A page's rasters of tens of megabytes are made and freed again all the time: mapped anew each time, the kernel
      // has to clear them, which took as long as drawing them. Bytes; a page of 300 dpi in colour has 35 MB.
      "GLIBC_TUNABLES": "glibc.malloc.mmap_threshold=67108864:glibc.malloc.trim_threshold=67108864",
      "LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": "/usr/bin:/bin",
    ]
    for name in ["TESSDATA_PREFIX", "SHEAF_FAULT"] {
      environment[name] = ProcessInfo.processInfo.environment[name]
    }
    return environment
  }

  /// Reads the answer to its end. A describing worker writes some kilobytes and leaves.
  private static func collect(_ process: SpawnedProcess) throws -> ([UInt8], ProcessExit?) {
    guard let output = process.output else { return ([], nil) }
    var bytes: [UInt8] = []
    let deadline = ContinuousClock.now + .seconds(30)
    let reader = FileHandle(fileDescriptor: output.take() ?? -1, closeOnDealloc: true)
    while let piece = try reader.read(upToCount: 1 << 16), !piece.isEmpty, ContinuousClock.now < deadline {
      bytes += piece
    }
    let exit = try process.wait(deadline: deadline)
    if exit == nil { process.kill() }
    return (bytes, exit)
  }

  private static func besideThisProgram() throws -> String {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("sheaf-worker").path
  }
}
