import CanonicalJSON
import Checkpoints
import StageKit
import WorkerChannel

/// What stands upstream of a unit, fetched from the engine as the stage asks for it.
final class RequestedArtifacts: ArtifactSource {
  let pages: [Int]
  private let unit: UnitID
  private let upstream: [String: String]
  private let link: EngineLink
  private let held: HeldCheckpoints

  init(_ order: UnitOrder, link: EngineLink, held: HeldCheckpoints) {
    pages = order.pages
    unit = order.unit
    upstream = order.upstream
    self.link = link
    self.held = held
  }

  func gap(of unit: UnitID) throws -> GapCode? { UnitKey.gap(in: try reference(unit)) }

  func payload<Output: StageOutput>(of unit: UnitID, as type: Output.Type) throws -> Output {
    let content = try content(of: unit)
    if let value = try held.payload(of: unit, content, as: type) { return value }
    let (file, digest) = try fetch(.input(unit: unit, file: nil))
    let value = try CheckpointReader.payload(of: unit, as: type, in: file, file: digest, content: content)
    held.hold(value, of: unit, content, length: file.length)
    return value
  }

  func file(_ name: String, of unit: UnitID) throws -> InputFile {
    let content = try content(of: unit)
    if let file = held.file(name, of: unit, content) { return file }
    let (file, digest) = try fetch(.input(unit: unit, file: name))
    guard let digest, try file.withBytes({ Digest(of: $0) }) == digest else {
      throw StageFailure(.checkpointCorrupt, "The stored file \(name) of \(unit) is not what was recorded.")
    }
    held.hold(file, named: name, of: unit, content)
    return file
  }

  /// The engine verifies the source once, when it takes a job up: hashing a document of a gigabyte for each of its pages
  /// would cost more than reading them.
  func document() throws -> InputFile { try fetch(.document).file }

  private func content(of unit: UnitID) throws -> Digest {
    guard let content = Digest(try reference(unit)) else { throw Self.unknown(unit) }
    return content
  }

  private func reference(_ unit: UnitID) throws -> String {
    guard let reference = upstream[unit.description] else { throw Self.unknown(unit) }
    return reference
  }

  private func fetch(_ message: WorkerMessage) throws -> (file: InputFile, digest: Digest?) {
    let (descriptor, digest) = try link.ask(message)
    guard let number = descriptor.take() else { throw EngineLink.UnexpectedAnswer(to: message) }
    try FaultPoint.reach(.input, unit.description)
    return (try InputFile(descriptor: number), digest)
  }

  private static func unknown(_ unit: UnitID) -> StageFailure {
    StageFailure(.internalError, "The order does not name \(unit).")
  }
}
