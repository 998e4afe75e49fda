import StageKit

/// An attempt's file between its worker and its publication.
final class OpenAttempt {
  private let file: OpenFile
  private let told: AttemptFile

  /// Opens the file and has the disk begin with it.
  init(_ told: AttemptFile) throws {
    guard FileIdentity(told.path)?.length == told.length, let file = try OpenFile(regular: told.path) else {
      throw Self.different()
    }
    file.startWriting(from: 0, count: told.length)
    self.file = file
    self.told = told
  }

  /// - Throws: `StageFailure`, retryable, where the bytes are not those that the worker told.
  func verify() throws {
    guard try file.measure() == (told.digest, told.length) else { throw Self.different() }
  }

  func sync() throws { try file.sync(or: "A result could not be forced to the disk") }

  private static func different() -> StageFailure {
    StageFailure(.inputOutput, "A result on the disk is not what its worker wrote.", retryable: true)
  }
}
