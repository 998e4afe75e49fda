import Foundation
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// What a directive makes a stage do.
enum FaultAction: String, CaseIterable {
  /// A bad address.
  case crash
  /// Leaves without a word.
  case exit
  /// Waits for ever without using the processor.
  case hang
  /// Uses the processor for ever.
  case spin
  /// Takes memory without end.
  case eat
  /// Fills stdout and stderr with 8 MB each, and goes on.
  case flood
  /// Tells a failure that is final.
  case fail
  /// Tells a failure that another try may mend.
  case retry
  /// Takes what it read for damaged, however sound it is.
  case distrust
  /// Reports a progress of one half, and goes on.
  case progress
  /// Takes a fifth of a second.
  case slow
  /// Writes a file that is longer than any may be.
  case hoard
  /// Writes files without end, each of which is short enough.
  case scatter
  /// Tries every way out of the process, and fails where one is open.
  case escape
  /// Asks the engine to pass a question on to a language model, which its order does not allow; fails where it is.
  case ask
  /// Leaves files in its scratch folder and dies.
  case litter
  /// Starts a child process that outlives a worker which only ends itself.
  case child

  func perform(_ context: any StageContext) throws {
    switch self {
    case .crash: raise(SIGSEGV)
    case .exit: Glibc.exit(7)
    case .hang: while true { sleep(1000) }
    case .spin: while true {}
    case .eat: Self.eat()
    case .flood:
      let line = [UInt8](repeating: UInt8(ascii: "x"), count: 1023) + [UInt8(ascii: "\n")]
      for _ in 0..<8192 {
        _ = write(1, line, line.count)
        _ = write(2, line, line.count)
      }
    case .fail: throw StageFailure(.engineFailed, "The test said so.", page: context.unit.page)
    case .retry: throw StageFailure(.inputOutput, "The disk said so.", retryable: true)
    case .distrust: throw StageFailure(.checkpointCorrupt, "The test does not believe it.")
    case .progress: context.progress(0.5)
    case .slow: usleep(200_000)
    case .hoard: try Self.hoard(context)
    case .scatter: try Self.scatter(context)
    case .escape: try EscapeAttempt.everything(context)
    case .ask: try UninvitedQuestion.send()
    case .litter:
      try "rest".write(toFile: context.scratch + "/rest", atomically: false, encoding: .utf8)
      raise(SIGKILL)
    case .child: try Self.startChild()
    }
  }

  private static func eat() {
    var blocks: [[UInt8]] = []
    while true { blocks.append([UInt8](repeating: 1, count: 16 << 20)) }
  }

  private static func hoard(_ context: any StageContext) throws {
    let file = try context.makeFile(named: context.unit.basename + ".dat")
    let block = [UInt8](repeating: 1, count: 1 << 20)
    while true { try file.write(block) }
  }

  private static func scatter(_ context: any StageContext) throws {
    let block = [UInt8](repeating: 1, count: 1 << 20)
    for number in 0... {
      let file = try context.makeFile(named: context.unit.basename + ".\(number).dat")
      try file.write(block)
      // Looked at ten times a second: a disk must not fill in between.
      usleep(20_000)
    }
  }

  private static func startChild() throws {
    let child = Process()
    child.executableURL = URL(fileURLWithPath: "/usr/bin/sleep")
    child.arguments = ["987"]
    try child.run()
    while true { sleep(1000) }
  }
}
