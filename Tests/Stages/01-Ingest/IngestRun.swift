import Contracts
import DocumentModel
import StageKit
import TestSupport

@testable import Ingest

/// Runs the stage over bytes and keeps what it left.
struct IngestRun {
  let output: IngestOutput
  let context: RecordingContext

  init(_ bytes: [UInt8], options: IngestOptions = IngestOptions(), unreadable: Set<Int> = [], password: String? = nil)
    throws
  {
    let unit = UnitID(.ingest)
    context = try RecordingContext(unit, source: Digest(of: bytes))
    context.unreadablePages = unreadable
    context.password = password
    let artifacts = ArtifactsInMemory(source: bytes)
    output = try IngestStage().run(.init(unit: unit, artifacts: artifacts), options: options, context: context)
  }

  func page(_ number: Int) throws -> IngestPage? { try context.part(IngestPage.self, page: number) }

  /// The code that the stage fails with; nil where it does not.
  static func failure(of bytes: [UInt8], options: IngestOptions = IngestOptions()) -> StageFailure? {
    do {
      _ = try IngestRun(bytes, options: options)
      return nil
    } catch { return error as? StageFailure }
  }
}
