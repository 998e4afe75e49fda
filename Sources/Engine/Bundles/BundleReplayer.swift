import CanonicalJSON
import Checkpoints
import Foundation
import Ledger
import StageKit

/// Runs a bundle's job anew in a data folder of its own, and lays what comes out beside what is in the bundle.
package struct BundleReplayer: Sendable {
  private let configuration: EngineConfiguration
  /// An empty folder that the caller removes.
  private let scratch: String

  package init(_ configuration: EngineConfiguration, scratch: String) {
    self.configuration = configuration
    self.scratch = scratch
  }

  /// - Throws: `StageFailure`, also where the job pauses for a password.
  package func replay(_ bundle: OpenBundle, password: String? = nil) async throws -> BundleProof {
    let started = ContinuousClock.now
    let engine = try await JobEngine.open(DataFolder(scratch), configuration)
    do {
      try await engine.begin(bundle, password: password)
      try await engine.run()
      let proof = try await compare(bundle, engine, started)
      try await engine.close()
      return proof
    } catch {
      // The first failure is the one to tell.
      try? await engine.close()
      throw error
    }
  }

  private func compare(
    _ bundle: OpenBundle, _ engine: JobEngine, _ started: ContinuousClock.Instant
  ) async throws -> BundleProof {
    let record = try await engine.ledger.job(bundle.job.id)
    if record?.manifest.state == .paused, let failure = record?.manifest.failure { throw failure }
    let rows = try await engine.ledger.units(of: bundle.job.id)
    let new = Dictionary(uniqueKeysWithValues: rows.map { ($0.unit, $0) })
    let artifacts = try await engine.ledger.artifacts(keys: rows.compactMap(\.key))
    let old = Dictionary(bundle.rows.artifacts.map { ($0.key, $0) }) { first, _ in first }
    var (units, equal, identical) = (0, 0, 0)
    var divergence: BundleDivergence?
    var harmless: [KeyRecipe.Difference] = []
    for row in bundle.rows.units.sorted(by: { $0.unit < $1.unit }) where Self.isSettled(row) {
      let mine = new[row.unit]
      let before = row.key.flatMap { old[$0] }
      let after = mine?.key.flatMap { artifacts[$0] }
      units += 1
      let isEqual =
        mine?.state == row.state && mine?.content == row.content && mine?.gap == row.gap
        && before?.parts.map(\.content) == after?.parts.map(\.content)
      if isEqual { equal += 1 }
      if isEqual, before?.allFiles == after?.allFiles { identical += 1 }
      guard !isEqual && divergence == nil || isEqual && harmless.isEmpty && before?.allFiles != after?.allFiles else {
        continue
      }
      let differences = try await differences(before, after, bundle, engine)
      if isEqual {
        harmless = differences.filter { !$0.what.hasPrefix("upstream.") }
      } else {
        divergence = BundleDivergence(
          unit: row.unit, oldState: row.state, newState: mine?.state, old: row.content, new: mine?.content,
          differences: differences, failure: mine?.failure ?? record?.manifest.failure)
      }
    }
    let taken = (ContinuousClock.now - started).components
    return BundleProof(
      job: bundle.job.id, name: bundle.job.name, units: units, equal: equal, identical: identical,
      divergence: divergence, harmless: harmless, seconds: Double(taken.seconds) + Double(taken.attoseconds) / 1e18)
  }

  private static func isSettled(_ row: UnitRecord) -> Bool { row.state == .done || row.state == .gap }

  /// In what two results of one unit were made otherwise: their recipes, and what is recorded beside them.
  private func differences(
    _ before: ArtifactRecord?, _ after: ArtifactRecord?, _ bundle: OpenBundle, _ engine: JobEngine
  ) async throws -> [KeyRecipe.Difference] {
    guard let before, let after else { return [] }
    let store = engine.surroundings.store
    return try await BlockingWork.run {
      let old = try bundle.header(of: before.checkpoint)
      let new = try CheckpointReader.header(
        of: after.checkpoint.unit, in: store.get(after.checkpoint.file.digest), file: after.checkpoint.file.digest)
      var differences: [KeyRecipe.Difference] = []
      if let recipe = old.recipe, let today = new.recipe { differences = today.differences(from: recipe) }
      let (was, now) = (old.recorded?.object ?? [:], new.recorded?.object ?? [:])
      for name in Set(was.keys).union(now.keys).sorted() where was[name] != now[name] {
        differences.append(KeyRecipe.Difference(what: "recorded.\(name)", old: was[name], new: now[name]))
      }
      return differences
    }
  }
}
