import Checkpoints
import Ledger
import StageKit

extension JobSurvey {
  /// What a unit's key would be made of today.
  enum Outlook: Sendable {
    case work(UnitWork)
    /// Something upstream has not ended.
    case open(UnitID)
    /// Something that it cannot do without is a gap.
    case lost(UpstreamGap)
    /// Its options cannot be met: a language is not installed.
    case impossible(StageFailure)
    /// It has left the plan.
    case unplanned
  }

  /// - Parameters:
  ///   - graph: the job's, settled as far as is known.
  ///   - overrides: nil for the job's own.
  func outlook(of unit: UnitID, in graph: JobGraph, overrides: [OptionOverride]? = nil) -> Outlook {
    guard let row = graph.plan.row(of: unit) else { return .unplanned }
    for reference in graph.plan.references(of: unit) where graph.end(of: reference.owner) == nil {
      return .open(reference.owner)
    }
    switch graph.upstream(of: unit) {
    case .failure(let gap): return .lost(gap)
    case .success(let upstream):
      let options = pipeline.options(of: unit, overrides: overrides ?? record.manifest.effectiveOverrides)
      do {
        return .work(
          try UnitWork(
            unit, row: row, options: options, models: pipeline.models, upstream: upstream, source: source))
      } catch {
        return .impossible(
          error as? StageFailure ?? StageFailure(.internalError, "\(unit) could not be planned.", page: unit.page))
      }
    }
  }

  /// The recipe of a result, as its envelope tells it; nil where there is none, or it cannot be read.
  func recipe(of artifact: ArtifactRecord) async throws -> KeyRecipe? {
    try await header(of: artifact)?.recipe
  }

  /// The envelope of a unit's own checkpoint as the stage wrote it; nil where it cannot be read.
  func header(of artifact: ArtifactRecord) async throws -> CheckpointHeader? {
    let store = ObjectFolder(folder)
    return try await BlockingWork.run {
      do {
        let input = try store.get(artifact.checkpoint.file.digest)
        return try CheckpointReader.header(
          of: artifact.checkpoint.unit, in: input, file: artifact.checkpoint.file.digest)
      } catch let failure as StageFailure where failure.code == .checkpointCorrupt {
        // Lost or damaged: whoever asks says so.
        return nil
      }
    }
  }
}

extension UnitWork {
  var recipe: KeyRecipe {
    KeyRecipe(unit: unit, version: version, source: source, options: options, upstream: upstream, engines: engines)
  }
}
