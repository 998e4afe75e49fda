import CanonicalJSON
import Checkpoints
import Dispatch
import Logging
import StageKit
import Synchronization
import WorkerChannel

#if canImport(Glibc)
  import Glibc
#endif

/// The owner's ear: answers requests of other commands on `control.sock`, which only the folder's user may open.
final class ControlSocket: Sendable {
  /// Requests answered at once; more wait in the kernel's queue.
  private static let width = 4
  /// A client that says nothing for so long is dropped.
  private static let patience = Duration.seconds(5)
  /// Bytes of a request or an answer.
  private static let longestFrame = 1 << 20

  private let listener: OwnedDescriptor
  /// Dispatch objects may be used from any thread; the Linux overlay does not say so.
  private nonisolated(unsafe) let source: any DispatchSourceRead
  private let path: String
  private let scheduler: Scheduler
  private let logger: Logger
  private let busy = Mutex(0)

  init(_ folder: DataFolder, scheduler: Scheduler, logger: Logger) throws {
    self.scheduler = scheduler
    self.logger = logger
    path = folder.controlSocket
    let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    guard number >= 0 else { throw Self.failure("opened") }
    listener = OwnedDescriptor(adopting: number)
    // A dead owner's; the lock says that no living one has it.
    unlink(path)
    let address = try ControlAddress(folder)
    guard address.withAddress({ bind(number, $0, $1) }) == 0, chmod(path, 0o600) == 0, listen(number, 16) == 0 else {
      throw Self.failure("bound")
    }
    source = DispatchSource.makeReadSource(fileDescriptor: number, queue: DispatchQueue(label: "control"))
    source.setEventHandler { [weak self] in self?.accept() }
    source.resume()
  }

  func close() {
    source.cancel()
    unlink(path)
    listener.close()
  }

  private func accept() {
    // Closed meanwhile: nobody is left to answer.
    guard let number = try? listener.withDescriptor({ Glibc.accept($0, nil, nil) }), number >= 0 else { return }
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    let channel = FrameChannel(adopting: OwnedDescriptor(adopting: number), maximumFrameLength: Self.longestFrame)
    let isFree = busy.withLock { busy in
      guard busy < Self.width else { return false }
      busy += 1
      return true
    }
    guard isFree else { return }
    Task {
      await answer(channel)
      busy.withLock { $0 -= 1 }
    }
  }

  private func answer(_ channel: FrameChannel) async {
    do {
      let deadline = ContinuousClock.now + Self.patience
      guard let frame = try await BlockingWork.run({ try channel.receive(deadline: deadline) }) else { return }
      let request = try CanonicalDecoder().decode(ControlRequest.self, from: frame.bytes)
      let bytes = try CanonicalEncoder().encode(await response(to: request))
      try await BlockingWork.run { try channel.send(bytes, deadline: .now + Self.patience) }
    } catch {
      logger.debug("a control request failed", metadata: ["error": "\(error)"])
    }
  }

  private func response(to request: ControlRequest) async -> ControlResponse {
    switch request {
    case .status(let job): return .live(status: await scheduler.status(of: job))
    case .cancel(let job):
      do {
        try await scheduler.cancel(job)
        return .done
      } catch {
        let failure = error as? StageFailure ?? StageFailure(.jobNotFound, "There is no job \(job) to cancel.")
        return .failed(failure: failure)
      }
    }
  }

  private static func failure(_ verb: String) -> StageFailure {
    StageFailure(.dataFolderUnusable, "The control socket could not be \(verb) (errno \(errno)).")
  }
}
