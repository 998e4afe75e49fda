import CanonicalJSON
import Checkpoints
import Ledger
import Logging
import StageKit
import WorkerChannel

#if canImport(Glibc)
  import Glibc
#endif

/// One unit from the order to its outcome: sends the order, answers what the worker asks, and watches over it meanwhile.
struct UnitConversation {
  private let assignment: Assignment
  private let worker: WarmWorker
  private var desk: UnitDesk
  private let bus: any EventBus
  /// Whom the worker may ask.
  private let models: (any ModelGateway)?
  private let asking = AskedModel()
  private let logger: Logger
  private var entering: Int?
  private var lastTick: ContinuousClock.Instant?

  init(
    _ assignment: Assignment, worker: WarmWorker, desk: UnitDesk, bus: any EventBus, models: (any ModelGateway)? = nil,
    logger: Logger
  ) {
    self.assignment = assignment
    self.worker = worker
    self.desk = desk
    self.bus = bus
    self.models = models
    self.logger = logger
  }

  /// What `next` gives: the end of the unit, or nothing yet.
  private typealias Ending = UnitOutcome.Ending

  func run() async -> UnitOutcome {
    var conversation = self
    let connection = worker.connection
    let control = assignment.control
    control.attach(worker: worker.pid) { [asking] in
      connection.kill()
      asking.cancel()
    }
    connection.process.limitProcessor(toFurther: assignment.limits.cpuSeconds + Self.grace)
    let watch = UnitWatch(process: worker.pid, limits: assignment.limits, control: control, written: desk.written)
    let watching = Task { await watch.run() }
    defer {
      watching.cancel()
      control.detach()
    }
    return await conversation.converse()
  }

  private mutating func converse() async -> UnitOutcome {
    do {
      try await send(.order(order: assignment.order), descriptor: desk.checkpoint())
      while let event = try await worker.connection.next() {
        switch event {
        case .frame(let frame):
          let message = try CanonicalDecoder().decode(WorkerMessage.self, from: frame.bytes)
          if let outcome = try await answer(message) { return outcome }
        case .closed: continue
        case .exited(let exit): return died(exit)
        }
      }
    } catch is CancellationError {
      // Only the end of the whole engine cancels this task.
      assignment.control.stop(.released)
    } catch {
      // The channel broke or the worker talks nonsense: either way it is of no more use.
      logger.debug("a worker's channel failed", metadata: ["error": "\(error)", "unit": "\(assignment.unit)"])
      worker.connection.kill()
    }
    let exit = await worker.connection.exit()
    return died(exit)
  }

  private mutating func answer(_ message: WorkerMessage) async throws -> UnitOutcome? {
    switch message {
    case .ready, .described: break
    case .progress(let fraction): tick(fraction)
    case .entering(let page): entering = page
    case .document: try await grant { desk in (try desk.document(), nil) }
    case .input(let unit, let file):
      try await grant { desk in
        let (descriptor, record) = try desk.input(unit, file: file)
        return (descriptor, record)
      }
    case .output(let name): try await grant { desk in (try desk.output(name), nil) }
    case .ask(let question): try await ask(question)
    case .finished(let report): return finished(report)
    case .failed(let failure):
      desk.sweep()
      return UnitOutcome(ending: .failed(failure, lastInput: desk.lastInput))
    }
    return nil
  }

  /// Passes a question on, if the order allows any; the time it takes is not the worker's.
  private func ask(_ question: ModelQuestion) async throws {
    guard let models, assignment.order.models != nil else {
      return try await send(.refused(failure: Self.mayNotAsk(assignment.unit)))
    }
    assignment.control.waits(true)
    defer { assignment.control.waits(false) }
    do {
      let answer = try await asking.answer(question, by: models)
      try await send(.answered(answer: answer))
    } catch let failure as StageFailure {
      try await send(.refused(failure: failure))
    }
  }

  private static func mayNotAsk(_ unit: UnitID) -> StageFailure {
    StageFailure(.modelRefused, "The order of \(unit) allows no questions to a language model.")
  }

  private func finished(_ report: UnitReport) -> UnitOutcome {
    do {
      let files = try desk.files(of: report)
      return UnitOutcome(
        ending: .finished(report, files),
        use: AttemptUse(cpuSeconds: report.cpuSeconds, peakBytes: report.residentBytes))
    } catch {
      logger.error("a worker's report was refused", metadata: ["error": "\(error)", "unit": "\(assignment.unit)"])
      return UnitOutcome(ending: .died(.crashed(signal: 0), entering: entering))
    }
  }

  private mutating func grant(
    _ open: (inout UnitDesk) throws -> (OwnedDescriptor, FileRecord?)
  ) async throws {
    do {
      let (descriptor, record) = try open(&desk)
      try await send(.granted(digest: record?.digest, length: record?.length), descriptor: descriptor)
    } catch let failure as StageFailure {
      try await send(.refused(failure: failure))
    } catch let refusal as InvalidArtifactName {
      try await send(.refused(failure: StageFailure(.internalError, refusal.description)))
    }
  }

  /// An order over thousands of pages is longer than the socket's buffer, so it waits for the worker on another thread.
  private func send(_ message: EngineMessage, descriptor: OwnedDescriptor? = nil) async throws {
    let bytes = try CanonicalEncoder().encode(message)
    let connection = worker.connection
    let deadline = ContinuousClock.now + Self.patience
    if bytes.count < Self.shortFrame {
      try connection.send(bytes, descriptor: descriptor, deadline: deadline)
    } else {
      try await BlockingWork.run { try connection.send(bytes, descriptor: descriptor, deadline: deadline) }
    }
  }

  /// Processor seconds after which the kernel ends a worker that this process should have ended.
  private static let grace = 15.0
  /// A worker that waits for an answer reads it at once.
  private static let patience = Duration.seconds(30)
  /// Bytes that always fit into the socket's buffer of a worker that waits.
  private static let shortFrame = 64 << 10
  /// Five a second are as many as anybody sees.
  private static let tickInterval = Duration.milliseconds(200)

  private mutating func tick(_ fraction: Double) {
    assignment.control.fraction = fraction
    let now = ContinuousClock.now
    if let lastTick, now - lastTick < Self.tickInterval { return }
    lastTick = now
    bus.publish(.tick(assignment.lease.job, assignment.unit, fraction))
  }

  private func died(_ exit: ProcessExit) -> UnitOutcome {
    worker.ended(exit)
    desk.sweep()
    let ending: Ending =
      switch assignment.control.reason {
      case .limit(let death)?: .died(death, entering: entering)
      case .cancelled?: .stopped(.cancelled)
      case .released?: .stopped(.released)
      case nil: .died(exit.death(within: assignment.limits), entering: entering)
      }
    return UnitOutcome(
      ending: ending,
      use: AttemptUse(cpuSeconds: exit.userSeconds + exit.systemSeconds, peakBytes: exit.peakResidentBytes))
  }
}

extension ProcessExit {
  /// What an end that nobody here brought about tells.
  fileprivate func death(within limits: UnitLimits) -> UnitDeath {
    switch cause {
    case .signalled(SIGXCPU): .cpuLimit
    case .signalled(SIGXFSZ): .outputLimit
    // Allocation fails at the kernel's limit, and programs end themselves over it.
    case .signalled(SIGABRT) where isFull(limits), .signalled(SIGILL) where isFull(limits),
      .signalled(SIGTRAP) where isFull(limits), .exited where isFull(limits):
      .memoryLimit
    default: .crashed(signal: signal)
    }
  }

  private func isFull(_ limits: UnitLimits) -> Bool { peakResidentBytes >= limits.residentBytes / 10 * 8 }

  /// The signal that ended it; 0 where it left by itself.
  fileprivate var signal: Int {
    if case .signalled(let number) = cause { Int(number) } else { 0 }
  }
}
