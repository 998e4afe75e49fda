import Checkpoints
import Foundation
import WorkerChannel

/// What a program of ours does first when `sheaf` has started it: it gives up what it does not need.
enum SecuredProcess {
  /// - Returns: the channel to the process that started it.
  static func begin() throws -> FrameChannel {
    let channel = try WorkerProcessSetup.openChannel()
    try WorkerProcessSetup.dieWithParent(expectedParent: channel.peer().process)
    try WorkerProcessSetup.closeDescriptors()
    try WorkerProcessSetup.forbidNewPrivileges()
    try WorkerProcessSetup.forbidDumps()
    // What libraries print on stdout goes to the log; nothing of ours belongs there.
    _ = try ProtectedStdout.install()
    FaultDrill.install(for: "worker", environment: ProcessInfo.processInfo.environment)
    return channel
  }
}
