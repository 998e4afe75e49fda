import CanonicalJSON
import Checkpoints
import Foundation
import Sandbox
import StageKit
import WorkerChannel

/// What a program of ours does first when `sheaf` has started it: it gives up what it does not need.
enum SecuredProcess {
  /// How far a process is confined.
  struct Outcome {
    let report: SandboxReport
    /// Why it may not work on anything: its policy asks for more than the kernel gives.
    let refusal: StageFailure?
  }

  /// - Returns: the channel to the process that started it, and how far this one is confined.
  static func begin() throws -> (channel: FrameChannel, sandbox: Outcome) {
    let channel = try WorkerProcessSetup.openChannel()
    try WorkerProcessSetup.dieWithParent(expectedParent: channel.peer().process)
    try WorkerProcessSetup.closeDescriptors()
    // What libraries print on stdout goes to the log; nothing of ours belongs there.
    _ = try ProtectedStdout.install()
    let environment = ProcessInfo.processInfo.environment
    // A drill kills this process and its parent, which a confined process may not.
    let isDrill = FaultDrill.install(for: "worker", environment: environment)
    return (channel, try confine(environment, allowsSignals: isDrill))
  }

  /// Confines this process for good.
  static func confine(
    _ environment: [String: String] = ProcessInfo.processInfo.environment, allowsSignals: Bool = false
  ) throws -> Outcome {
    try WorkerProcessSetup.forbidNewPrivileges()
    try WorkerProcessSetup.forbidDumps()
    let policy = try policy(environment)
    let report = Confinement.apply(
      policy, languageData: environment["TESSDATA_PREFIX"], allowsSignals: allowsSignals)
    guard policy.mode == .required, !report.isComplete else { return Outcome(report: report, refusal: nil) }
    return Outcome(report: report, refusal: .unconfined(report))
  }

  /// A worker that nobody told how to be confined is confined with the defaults.
  private static func policy(_ environment: [String: String]) throws -> SandboxPolicy {
    guard let text = environment[SandboxPolicy.variable] else { return SandboxPolicy() }
    return try CanonicalDecoder().decode(SandboxPolicy.self, from: Array(text.utf8))
  }
}
