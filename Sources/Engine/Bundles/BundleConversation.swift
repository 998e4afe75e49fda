import CanonicalJSON
import Checkpoints
import Logging
import StageKit
import WorkerChannel

/// Has a worker pack or unpack a bundle: answers what it asks for, and watches over it meanwhile.
struct BundleConversation {
  let program: WorkerProgram
  let logger: Logger

  /// - Parameters:
  ///   - tool: what the worker is started with.
  ///   - open: opens what the worker asks for.
  /// - Returns: how many files and bytes there were.
  /// - Throws: `StageFailure`.
  func run(
    _ tool: String, _ task: BundleAnswer, limits: UnitLimits, open: (BundleRequest) throws -> OwnedDescriptor
  ) async throws -> (files: Int, bytes: Int) {
    let process = try await program.start(tool)
    let log = WorkerLogReader(logger: logger, process: process.pid)
    let connection = try WorkerConnection(process, onLogLine: { log.read($0) })
    let control = UnitControl()
    control.attach(worker: process.pid) { connection.kill() }
    let watch = UnitWatch(process: process.pid, limits: limits, control: control, written: OutputTally())
    let watching = Task { await watch.run() }
    defer {
      watching.cancel()
      connection.kill()
    }
    while let event = try await connection.next() {
      switch event {
      case .frame(let frame):
        // A worker that talks nonsense has been taken over by what it read: it is ended.
        guard let request = try? CanonicalDecoder().decode(BundleRequest.self, from: frame.bytes) else {
          throw StageFailure.bundle("The worker that opened it broke down.")
        }
        switch request {
        case .ready: try await send(task, over: connection)
        case .finished(let files, let bytes): return (files, bytes)
        case .failed(let failure): throw failure
        case .bundle, .input, .output: try await answer(request, open, over: connection)
        }
      case .closed: continue
      case .exited: throw Self.end(control)
      }
    }
    throw Self.end(control)
  }

  private func answer(
    _ request: BundleRequest, _ open: (BundleRequest) throws -> OwnedDescriptor, over connection: WorkerConnection
  ) async throws {
    do {
      try await send(.granted, open(request), over: connection)
    } catch let failure as StageFailure {
      try await send(.refused(failure: failure), over: connection)
    }
  }

  private func send(
    _ answer: BundleAnswer, _ descriptor: OwnedDescriptor? = nil, over connection: WorkerConnection
  ) async throws {
    let bytes = try CanonicalEncoder().encode(answer)
    try await BlockingWork.run { try connection.send(bytes, descriptor: descriptor, deadline: .now + Self.patience) }
  }

  /// A worker that waits for an answer reads it at once.
  private static let patience = Duration.seconds(30)

  private static func end(_ control: UnitControl) -> StageFailure {
    if case .limit(let death)? = control.reason {
      return .bundle(
        death == .memoryLimit ? "It needs more memory than it may." : "It takes longer than it may.",
        hint: "It may be made to do harm.")
    }
    return .bundle("The worker that opened it crashed.", hint: "It may be made to do harm.")
  }
}
