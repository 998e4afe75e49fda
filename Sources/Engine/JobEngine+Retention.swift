import Checkpoints
import Ledger
import StageKit

extension JobEngine {
  /// Removes a job if it is finished since before a time.
  ///
  /// - Parameters:
  ///   - time: seconds since 1970.
  ///   - unlessPinned: whether a job with a person's checkpoint stays.
  /// - Returns: whether it was removed.
  package func expire(_ job: JobID, finishedBefore time: Double, unlessPinned: Bool) async throws -> Bool {
    // The ledger decides in one step: a rerun that comes first is unfinished work, one that comes later finds no job.
    try await turns.during(job) {
      guard try await ledger.bury(job, finishedBefore: time, unlessPinned: unlessPinned) else { return false }
      try await remove(job)
      return true
    }
  }

  /// Removes the page images for recognition of a finished job, which are most of its room; the unit that made one makes
  /// the same again when a rerun needs it. Previews and results stay.
  ///
  /// - Returns: how many went, and the bytes that this gave back.
  package func dropRasters(of job: JobID) async throws -> (files: Int, bytes: Int) {
    guard let record = try await ledger.job(job), !record.deleted, record.manifest.state.isFinished,
      await !scheduler.isLive(job)
    else { return (0, 0) }
    // Condemned before the ledger is asked, so that nobody publishes one of them in between.
    return try await surroundings.claims.removing(try await objects(of: job)) { free in
      try await dropRasters(of: job, among: Set(free))
    }
  }

  private func dropRasters(of job: JobID, among free: Set<Digest>) async throws -> (files: Int, bytes: Int) {
    var total = (files: 0, bytes: 0)
    var last: UnitID?
    repeat {
      // Noted first: a crash between leaves a file that is noted as gone, which nobody minds.
      let step = try await ledger.dropRasters(of: job, after: last, limit: Self.rasterStep)
      let (store, surroundings) = (surroundings.store, surroundings)
      let (files, bytes) = try await BlockingWork.run {
        var (files, bytes) = (0, 0)
        for raster in step.files {
          for place in raster.places {
            try surroundings.tree(of: place.job).drop(try TreeFile(raster.name, of: place.unit), of: raster.object)
          }
          let digest = raster.object.digest
          guard free.contains(digest), try store.head(digest) != nil else { continue }
          try store.delete(digest)
          files += 1
          bytes += raster.object.length
        }
        return (files, bytes)
      }
      total.files += files
      total.bytes += bytes
      last = step.last
    } while last != nil
    return total
  }

  /// Files in one step, so that other writes pass between.
  private static let rasterStep = 64
}
