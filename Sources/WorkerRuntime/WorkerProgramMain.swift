import Foundation
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// What a worker program does, whatever stages it has: `sheaf` starts it with `work`; by hand it only describes itself.
package enum WorkerProgramMain {
  /// Runs the program to its end.
  ///
  /// - Parameter catalog: its stages in the order of the pipeline; called after the process has been secured.
  package static func run(_ catalog: () throws -> [AnyStage]) -> Never {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      switch arguments.first {
      case "describe" where arguments.count == 1:
        try CatalogDescription(stages: catalog()).print()
      case "describe" where arguments.count == 3 && arguments[1] == "--schemas":
        try CatalogDescription(stages: catalog()).writeSchemas(to: arguments[2])
      case "work" where arguments.count == 1:
        try FrameLoop.run(catalog)
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
