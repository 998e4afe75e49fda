import Foundation
import StageKit
import WorkerChannel

#if canImport(Glibc)
  import Glibc
#endif

/// What a worker program does, whatever stages it has: `sheaf` starts it with `work`; by hand it only describes itself.
package enum WorkerProgramMain {
  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - catalog: its stages in the order of the pipeline; called after the process has been secured.
  ///   - tools: what else `sheaf` may start it with, by name.
  package static func run(
    _ catalog: () throws -> [AnyStage], tools: [String: (FrameChannel) throws -> Void] = [:]
  ) -> Never {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      switch arguments.first {
      case "describe" where arguments.count == 1:
        // As confined as the workers will be: so it tells what this machine allows.
        let sandbox = try SecuredProcess.confine().report
        try CatalogDescription(stages: catalog(), sandbox: sandbox).print()
      case "describe" where arguments.count == 3 && arguments[1] == "--schemas":
        try CatalogDescription(stages: catalog()).writeSchemas(to: arguments[2])
      case "work" where arguments.count == 1:
        try FrameLoop.run(catalog)
      case let name? where arguments.count == 1 && tools[name] != nil:
        let (channel, sandbox) = try SecuredProcess.begin()
        if let refusal = sandbox.refusal { throw refusal }
        try tools[name]?(channel)
      default:
        complain("usage: sheaf-worker describe [--schemas FOLDER]   (sheaf itself starts: sheaf-worker work)")
        exit(64)
      }
      exit(0)
    } catch {
      complain("sheaf-worker: \(error)")
      exit(1)
    }
  }

  private static func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
