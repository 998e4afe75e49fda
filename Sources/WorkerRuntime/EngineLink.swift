import CanonicalJSON
import StageKit
import WorkerChannel

/// The worker's end of the conversation: says, hears, and asks for descriptors one at a time.
final class EngineLink {
  private let channel: FrameChannel

  init(channel: FrameChannel) { self.channel = channel }

  func say(_ message: WorkerMessage) throws { try channel.send(try CanonicalEncoder().encode(message)) }

  /// The next message; nil once the engine has closed the channel.
  ///
  /// - Parameter idle: called once if nothing comes for a second.
  /// - Returns: an order may bring the file for the unit's checkpoint.
  func hear(idle: () -> Void) throws -> (message: EngineMessage, descriptor: OwnedDescriptor?)? {
    do {
      return try receive(deadline: .now + Self.rest)
    } catch let failure as ChannelFailure where failure.code == .deadlinePassed {
      idle()
      return try receive()
    }
  }

  private static let rest = Duration.seconds(1)

  /// Asks for a descriptor and waits for the answer.
  ///
  /// - Returns: the open descriptor, and the digest recorded for it where it is an input.
  /// - Throws: the engine's refusal; `EngineGone` where the channel closed.
  func ask(_ message: WorkerMessage) throws -> (descriptor: OwnedDescriptor, digest: Digest?) {
    try say(message)
    guard let answer = try receive() else { throw EngineGone() }
    switch answer.message {
    case .granted(let digest, _):
      guard let descriptor = answer.descriptor else { throw UnexpectedAnswer(to: message) }
      return (descriptor, digest)
    case .refused(let failure): throw failure
    case .order, .describe, .answered: throw UnexpectedAnswer(to: message)
    }
  }

  /// Asks a model and waits for its answer.
  ///
  /// - Throws: `StageFailure` where there is none; `EngineGone` where the channel closed.
  func consult(_ question: ModelQuestion) throws -> ModelAnswer {
    let message = WorkerMessage.ask(question: question)
    try say(message)
    guard let answer = try receive() else { throw EngineGone() }
    switch answer.message {
    case .answered(let answer): return answer
    case .refused(let failure): throw failure
    case .granted, .order, .describe: throw UnexpectedAnswer(to: message)
    }
  }

  /// The engine closed the channel while a unit was running: nobody waits for its result.
  struct EngineGone: Error {}

  struct UnexpectedAnswer: Error {
    let to: WorkerMessage
  }

  private func receive(
    deadline: ContinuousClock.Instant? = nil
  ) throws -> (message: EngineMessage, descriptor: OwnedDescriptor?)? {
    guard let frame = try channel.receive(deadline: deadline) else { return nil }
    return (try CanonicalDecoder().decode(EngineMessage.self, from: frame.bytes), frame.descriptor)
  }
}
