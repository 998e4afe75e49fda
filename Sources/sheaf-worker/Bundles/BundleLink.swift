import Archive
import CanonicalJSON
import Checkpoints
import StageKit
import WorkerChannel

/// The worker's end of the conversation about a bundle.
final class BundleLink {
  private let channel: FrameChannel

  init(_ channel: FrameChannel) { self.channel = channel }

  /// Takes the task, does it, and tells how it went; whatever goes wrong is told, not thrown.
  static func serve(
    _ channel: FrameChannel, _ work: (BundleLink, BundleAnswer) throws -> (files: Int, bytes: Int)
  ) throws {
    let link = BundleLink(channel)
    try link.say(.ready(protocol: PlanDescription.protocolVersion))
    guard let task = try link.hear() else { return }
    do {
      let (files, bytes) = try work(link, task.answer)
      try link.say(.finished(files: files, bytes: bytes))
    } catch let failure as StageFailure {
      try link.say(.failed(failure: failure))
    } catch let failure as ArchiveFailure {
      try link.say(.failed(failure: told(failure)))
    }
  }

  /// Asks for a descriptor.
  ///
  /// - Throws: the engine's refusal.
  func ask(_ request: BundleRequest) throws -> Int32 {
    try say(request)
    guard let answer = try hear() else { throw StageFailure(.internalError, "The engine is gone.") }
    switch answer.answer {
    case .granted:
      guard let number = answer.descriptor?.take() else {
        throw StageFailure(.internalError, "The engine granted nothing.")
      }
      return number
    case .refused(let failure): throw failure
    case .pack, .unpack: throw StageFailure(.internalError, "The engine gave a second task.")
    }
  }

  private func say(_ request: BundleRequest) throws { try channel.send(try CanonicalEncoder().encode(request)) }

  private func hear() throws -> (answer: BundleAnswer, descriptor: OwnedDescriptor?)? {
    guard let frame = try channel.receive() else { return nil }
    return (try CanonicalDecoder().decode(BundleAnswer.self, from: frame.bytes), frame.descriptor)
  }

  private static func told(_ failure: ArchiveFailure) -> StageFailure {
    switch failure {
    case .format: .bundle("It is no tar archive within zstd.", hint: "Bundles come from sheaf export --bundle.")
    case .damaged(let detail): .bundle("It is damaged or cut short (\(detail)).")
    case .system(let detail):
      StageFailure(.inputOutput, "The bundle could not be written: \(detail).", hint: "Free some space and try again.")
    }
  }
}
