import Foundation
import Subprocess
import SystemPackage
import TestSupport

#if canImport(Glibc)
  import Glibc
#endif

/// One run of a program, in a session of its own so that all it started can be found, and bounded in time.
struct ProgramRun {
  var executable: String
  var arguments: [String]
  var environment: [String: String] = [:]
  var folder: String
  /// A file to read as standard input.
  var input = "/dev/null"
  /// After it the program is killed, which shows as its end.
  var limit: Duration = .seconds(120)

  /// - Parameter during: what happens while it runs; takes its process id.
  func end(during: @Sendable (pid_t) async throws -> Void = { _ in }) async throws -> ProgramEnd {
    let capture = try TemporaryFolder()
    let (output, errors) = (capture.path + "/output", capture.path + "/errors")
    var options = PlatformOptions()
    options.createSession = true
    let environment = Dictionary(
      uniqueKeysWithValues: self.environment.map { (Environment.Key(stringLiteral: $0.key), Optional($0.value)) })
    let limit = limit
    let result = try await run(
      .path(FilePath(executable)), arguments: Arguments(arguments),
      environment: .inherit.updating(environment), workingDirectory: FilePath(folder), platformOptions: options,
      input: .fileDescriptor(try .open(input, .readOnly), closeAfterSpawningProcess: true),
      output: .fileDescriptor(try Self.create(output), closeAfterSpawningProcess: true),
      error: .fileDescriptor(try Self.create(errors), closeAfterSpawningProcess: true)
    ) { execution in
      let process = execution.processIdentifier.value
      let watchdog = Task {
        try await Task.sleep(for: limit)
        kill(process, SIGKILL)
      }
      do { try await during(process) } catch {
        kill(process, SIGKILL)
        watchdog.cancel()
        throw error
      }
      return (process, watchdog)
    }
    result.closureResult.1.cancel()
    return ProgramEnd(
      status: result.terminationStatus, output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8),
      survivors: try await SessionMembers.outliving(result.closureResult.0))
  }

  private static func create(_ path: String) throws -> FileDescriptor {
    try .open(path, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
  }
}
