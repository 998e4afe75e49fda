import Checkpoints
import CoreMetrics
import Engine
import Ledger
import Logging
import StageKit

/// Removes what has become old, and what can be made again where the disk is nearly full.
///
/// One job at a time with a pause after each, so that whatever else the disk and the ledger have to do goes on.
package struct RetentionSweep: Sendable {
  /// What is removed, and when.
  package struct Policy: Sendable, Hashable {
    /// Seconds after a job's end; nil for never.
    package var age: Double?
    package var keepsPinned: Bool
    /// Bytes that are to stay free; page images of finished jobs go until they are.
    package var lowDisk: Int

    package init(age: Double?, keepsPinned: Bool, lowDisk: Int) {
      self.age = age
      self.keepsPinned = keepsPinned
      self.lowDisk = lowDisk
    }
  }

  private let engine: JobEngine
  private let policy: Policy
  private let logger: Logger
  private let pause: Duration
  private let room: @Sendable () -> DiskRoom?

  /// - Parameters:
  ///   - pause: after each job.
  ///   - room: how much is left on the disk of the data folder.
  package init(
    _ engine: JobEngine, _ policy: Policy, logger: Logger, pause: Duration = RetentionSweep.standardPause,
    room: @escaping @Sendable () -> DiskRoom?
  ) {
    self.engine = engine
    self.policy = policy
    self.logger = logger
    self.pause = pause
    self.room = room
  }

  /// As long as a job's removal takes, about: so half of the time belongs to others.
  package static let standardPause = Duration.milliseconds(20)
  /// Jobs that one question to the ledger asks for.
  private static let step = 100

  /// Removes finished jobs of the policy's age.
  ///
  /// - Parameter now: seconds since 1970.
  /// - Returns: how many went.
  @discardableResult
  package func expire(now: Double) async throws -> Int {
    guard let age = policy.age else { return 0 }
    let time = now - age
    var count = 0
    try await forEachJob { record in
      // A job ends after it began, so whatever is younger than that is not due, and neither is what follows.
      guard record.created < time else { return false }
      guard record.manifest.state.isFinished, let finished = record.finished, finished < time else { return true }
      if try await expire(record, time) { count += 1 }
      return true
    }
    return count
  }

  /// Removes page images of finished jobs, oldest first, until there is room enough or nothing is left.
  ///
  /// - Returns: the bytes that this gave back.
  @discardableResult
  package func makeRoom() async throws -> Int {
    guard isLow else { return 0 }
    var total = (files: 0, bytes: 0)
    try await forEachJob { record in
      guard record.manifest.state.isFinished else { return true }
      let dropped = try await engine.dropRasters(of: record.manifest.id)
      guard dropped.files > 0 else { return true }
      total = (total.files + dropped.files, total.bytes + dropped.bytes)
      Counter(label: "sheaf_retention_rasters_total").increment(by: dropped.files)
      Counter(label: "sheaf_retention_freed_bytes_total").increment(by: dropped.bytes)
      try await Task.sleep(for: pause)
      return isLow
    }
    logger.notice(
      isLow ? "the disk is nearly full, and nothing is left that could be made again" : "made room on the disk",
      metadata: ["images": "\(total.files)", "bytes": "\(total.bytes)", "free": "\(room()?.free ?? 0)"])
    return total.bytes
  }

  private var isLow: Bool { room().map { $0.free < policy.lowDisk } ?? false }

  private func expire(_ record: JobRecord, _ time: Double) async throws -> Bool {
    let job = record.manifest.id
    do {
      guard try await engine.expire(job, finishedBefore: time, unlessPinned: policy.keepsPinned) else { return false }
    } catch let failure as StageFailure where failure.code != .jobNotFound {
      // It stays buried, and the next start or sweep of tombstones goes on with it.
      Counter(label: "sheaf_retention_failures_total").increment()
      logger.error("a job could not be removed", metadata: ["job": "\(job)", "error": "\(failure.code.rawValue)"])
      return false
    }
    Counter(label: "sheaf_retention_expired_jobs_total").increment()
    logger.info("a job has expired", metadata: ["job": "\(job)"])
    try await Task.sleep(for: pause)
    return true
  }

  /// Every job, oldest first, until the body says that it is enough.
  private func forEachJob(_ body: (JobRecord) async throws -> Bool) async throws {
    var last: JobRecord?
    while true {
      let page = try await engine.ledger.oldestJobs(after: last, limit: Self.step)
      for record in page {
        try Task.checkCancellation()
        guard try await body(record) else { return }
      }
      guard page.count == Self.step else { return }
      last = page.last
    }
  }
}
