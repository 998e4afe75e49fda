import CanonicalJSON
import Foundation
import StageKit
import WorkerChannel

#if canImport(Glibc)
  import Glibc
#endif

/// The program that runs stages. `sheaf` starts it; by hand it only describes itself.
@main
struct SheafWorker {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      switch arguments.first {
      case "describe" where arguments.count == 1:
        try Description.print()
      case "describe" where arguments.count == 3 && arguments[1] == "--schemas":
        try Description.writeSchemas(to: arguments[2])
      case "work" where arguments.count == 1:
        try FrameLoop.run()
      default:
        complain("usage: sheaf-worker describe [--schemas FOLDER]   (sheaf itself starts: sheaf-worker work)")
        exit(64)
      }
    } catch {
      complain("sheaf-worker: \(error)")
      exit(1)
    }
  }

  private static func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
