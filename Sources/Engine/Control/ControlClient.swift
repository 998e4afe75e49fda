import CanonicalJSON
import Checkpoints
import StageKit
import WorkerChannel

#if canImport(Glibc)
  import Glibc
#endif

/// Asks the process that owns a data folder, over its control socket.
package struct ControlClient: Sendable {
  private let channel: FrameChannel

  /// One request a client.
  ///
  /// - Returns: nil where nobody owns the folder.
  package init?(_ folder: DataFolder) throws {
    // Where there is no folder, there is no owner.
    guard FileIdentity(following: folder.path)?.isFolder == true else { return nil }
    let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { throw Self.unreachable }
    let descriptor = OwnedDescriptor(adopting: number)
    let address = try ControlAddress(folder)
    guard address.withAddress({ connect(number, $0, $1) }) == 0 else {
      if errno == ENOENT || errno == ECONNREFUSED { return nil }
      throw Self.unreachable
    }
    channel = FrameChannel(adopting: descriptor)
  }

  /// Cancels a job that the owner is working on.
  package func cancel(_ job: JobID) async throws {
    if case .failed(let failure) = try await ask(.cancel(job: job)) { throw failure }
  }

  /// What the owner is doing for a job at this moment: running units and how far they are.
  package func status(_ job: JobID) async throws -> LiveStatus {
    switch try await ask(.status(job: job)) {
    case .live(let status): return status
    case .failed(let failure): throw failure
    case .done: throw Self.unreachable
    }
  }

  private func ask(_ request: ControlRequest) async throws -> ControlResponse {
    let bytes = try CanonicalEncoder().encode(request)
    let channel = channel
    return try await BlockingWork.run {
      let deadline = ContinuousClock.now + .seconds(10)
      try channel.send(bytes, deadline: deadline)
      guard let frame = try channel.receive(deadline: deadline) else { throw Self.unreachable }
      return try CanonicalDecoder().decode(ControlResponse.self, from: frame.bytes)
    }
  }

  private static var unreachable: StageFailure {
    StageFailure(.dataFolderUnusable, "The owner of the data folder does not answer.", hint: "Try again.")
  }
}
