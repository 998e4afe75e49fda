import Checkpoints
import Ledger
import Logging
import StageKit

extension JobEngine {
  /// Removes a job with its results; the document and files that no other job needs go too.
  ///
  /// What breaks off is finished by calling it again: the job stays buried.
  package func delete(_ job: JobID) async throws {
    try await turns.during(job) { try await remove(job) }
  }

  /// Goes on with deletions that broke off. One that cannot be finished now (a file that cannot be removed, a search
  /// index that is locked) keeps none of the others waiting; it is logged and tried again at the next call.
  package func finishDeletions() async throws {
    for record in try await ledger.tombstones() {
      let job = record.manifest.id
      do {
        try await turns.during(job) {
          // Whoever was at it may have finished meanwhile.
          guard try await ledger.job(job) != nil else { return }
          try await remove(job)
        }
      } catch {
        surroundings.logger.error(
          "a deletion could not be finished", metadata: ["job": "\(job)", "error": "\(error)"])
      }
    }
  }

  /// In the job's turn.
  func remove(_ job: JobID) async throws {
    guard let record = try await ledger.job(job) else {
      throw StageFailure(.jobNotFound, "There is no job \(job).", hint: "sheaf jobs lists them.")
    }
    await scheduler.forget(job)
    try await ledger.bury(job)
    // What was just being planned anew met the grave, or is met here.
    await scheduler.forget(job)
    let (keys, objects) = (try await keys(of: job), try await objects(of: job))
    try await whenDeleting?(job)
    surroundings.bus.publish(.removed(job))
    let (tree, store, documents) = (surroundings.tree(of: job), surroundings.store, surroundings.documents)
    try await BlockingWork.run { try tree.remove() }
    try await surroundings.claims.removing(keys) { [ledger] free in
      try await ledger.removeRows(of: job, sparing: Set(keys).subtracting(free))
    }
    try await surroundings.claims.removing(objects) { [ledger] objects in
      let needed = try await ledger.knownObjects(among: objects)
      try await BlockingWork.run {
        for object in objects where !needed.contains(object) { try store.delete(object) }
      }
    }
    let source = record.manifest.source
    try await gate.removing { [ledger] in
      guard try await !ledger.hasJobs(source: source) else { return }
      try await BlockingWork.run { try documents.delete(source) }
    }
  }

  /// Keys of the results that the job's units have or had.
  private func keys(of job: JobID) async throws -> [Digest] {
    let attempts = try await ledger.attempts(of: job, unit: nil).map(\.key)
    return Set(try await ledger.units(of: job).compactMap(\.key) + attempts).sorted { $0.hex < $1.hex }
  }

  /// Every file that the job's results are made of.
  func objects(of job: JobID) async throws -> [Digest] {
    var objects: Set<Digest> = []
    for artifact in try await ledger.artifacts(keys: try await keys(of: job)).values {
      for checkpoint in [artifact.checkpoint] + artifact.parts {
        objects.formUnion(([checkpoint.file] + checkpoint.files).map(\.digest))
      }
    }
    for pin in try await ledger.pins(of: job) {
      objects.formUnion([pin.object] + pin.files.map(\.digest) + [pin.base].compactMap { $0 })
    }
    for entry in try await ledger.history(of: job, unit: nil) {
      objects.formUnion(([entry.record.file] + entry.record.files).map(\.digest))
    }
    return objects.sorted { $0.hex < $1.hex }
  }
}
