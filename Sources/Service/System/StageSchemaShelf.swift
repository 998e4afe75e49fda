import Engine
import HTTPServer
import StageKit

/// The schemas of checkpoints, asked of the worker once.
///
/// The one thing this actor guards: whether they are there, or on their way.
actor StageSchemaShelf {
  private var texts: Task<[StageID: [UInt8]], any Error>?

  /// The schema of a stage's whole checkpoint files, as JSON.
  ///
  /// - Throws: `StageFailure` where the worker does not tell it.
  func schema(of stage: StageID, from program: WorkerProgram) async throws -> [UInt8] {
    let asked = texts ?? Task { try await StageSchemas.texts(from: program) }
    texts = asked
    do {
      return try await asked.value[stage] ?? []
    } catch {
      texts = nil
      throw error
    }
  }
}
