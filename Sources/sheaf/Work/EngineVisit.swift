import Checkpoints
import Engine
import Service

/// Owns the data folder for a moment, to change something without running anything.
enum EngineVisit {
  static func run(
    _ program: String, in folder: DataFolder, _ body: (JobEngine) async throws -> Void
  ) async throws {
    var configuration = EngineConfiguration(workers: 1, program: program, logger: EngineLog.logger())
    configuration.compression = try await ConfiguredStorage.compression()
    configuration.models = try await ConfiguredModels.endpoint()
    configuration.whenDeleting = { job in
      guard SearchIndex.exists(in: folder) else { return }
      let index = try SearchIndex(in: folder)
      try await index.remove(job)
      try index.close()
    }
    let engine = try await JobEngine.open(folder, configuration)
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
