import ArgumentParser
import Checkpoints
import Foundation
import StageKit

/// How work is done and shown, for every command that works.
struct WorkOptions: ParsableArguments {
  enum Progress: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// A display on a terminal, else lines.
    case auto
    case plain
    case none
  }

  @Option(help: ArgumentHelp("Worker processes at most. Default: one per core.", valueName: "n"))
  var workers: Int?

  @OptionGroup var confinement: ConfinementOptions

  @Option(
    help: ArgumentHelp(
      """
      How checkpoints of 16 KiB and more are stored that are written from now on. Default: \
      $SHEAF_CHECKPOINTS_COMPRESSION, else none.
      """, valueName: "none|zstd"))
  var compression: CheckpointCompression?

  @Flag(help: "Print events as JSON lines on standard output.")
  var json = false

  @Option(
    help: ArgumentHelp("How progress is shown on standard error. Default: auto; none with --json.", valueName: "how"))
  var progress: Progress?

  static let mostWorkers = 256

  /// - Throws: `StageFailure` with `invalid_request`.
  func workerCount() throws(StageFailure) -> Int { try Self.count(workers) }

  /// - Parameter workers: as given; nil for one per core.
  static func count(_ workers: Int?) throws(StageFailure) -> Int {
    guard let workers else { return max(1, ProcessInfo.processInfo.activeProcessorCount) }
    guard (1...mostWorkers).contains(workers) else {
      throw .usage("--workers takes 1 to \(mostWorkers).")
    }
    return workers
  }

  /// With `--json` nothing but what was asked for.
  var shownProgress: Progress { progress ?? (json ? .none : .auto) }
}

extension CheckpointCompression: ExpressibleByArgument {}
