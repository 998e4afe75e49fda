import Checkpoints
import Engine

/// Owns the data folder for a moment, to change something without running anything.
enum EngineVisit {
  static func run(
    _ program: String, in folder: DataFolder, _ body: (JobEngine) async throws -> Void
  ) async throws {
    let engine = try await JobEngine.open(
      folder, EngineConfiguration(workers: 1, program: program, logger: EngineLog.logger()))
    do {
      try await body(engine)
    } catch {
      // The first failure is the one to tell.
      try? await engine.close()
      throw error
    }
    try await engine.close()
  }
}
