import Checkpoints
import Ledger
import Logging
import StageKit

extension Scheduler {
  /// Takes a job up as soon as there is room for it; until then it waits as a few words.
  ///
  /// - Parameter inBackground: returns before the job is planned; what goes wrong then pauses the job.
  func enter(_ record: JobRecord, _ resumption: JobResumption, inBackground: Bool = false) async throws {
    let id = record.manifest.id
    census.note(record)
    guard jobs[id] != nil || hasRoom else {
      waiting.insert(WaitingJobs.Entry(record, resumption))
      guard record.manifest.state != .queued else { return }
      let job = LiveJob(record: record, graph: JobGraph(plan(record, pages: [])), rows: [])
      return try await change(job, to: .queued, nil)
    }
    guard inBackground else { return try await admit(id, resumption) }
    begin(id, resumption)
  }

  /// Takes waiting jobs up as long as there is room.
  func fill() {
    guard !isStopping else { return }
    while hasRoom, !waiting.isEmpty {
      var live: [String: Int] = [:]
      for job in jobs.values { live[job.record.manifest.owner, default: 0] += 1 }
      guard let entry = waiting.next(live: live) else { return }
      begin(entry.job, entry.resumption)
    }
  }

  /// How many jobs wait, are at work, and how many of their units could run now.
  func load() -> SchedulerLoad {
    SchedulerLoad(
      waitingJobs: waiting.count, liveJobs: jobs.count, readyUnits: queue.count, runningUnits: runningCount,
      workers: workerTarget)
  }

  private var hasRoom: Bool { jobs.count + arriving < liveLimit }

  /// Ends with the job's admission, which `unsettledCount` waits for.
  private func begin(_ id: JobID, _ resumption: JobResumption) {
    arriving += 1
    unsettledCount += 1
    Task {
      do { try await admit(id, resumption) } catch { await giveBack(id, error) }
      arriving -= 1
      unsettledCount -= 1
      fill()
      wake()
    }
  }

  /// A job that could not even be planned waits for a person, unless it is gone.
  private func giveBack(_ id: JobID, _ error: any Error) async {
    if case LedgerFailure.jobNotFound? = error as? LedgerFailure { return census.forget(id) }
    guard let record = try? await surroundings.ledger.job(id), !record.deleted else {
      surroundings.logger.error("a job could not be read", metadata: ["job": "\(id)", "error": "\(error)"])
      return census.forget(id)
    }
    await interrupt(LiveJob(record: record, graph: JobGraph(plan(record, pages: [])), rows: []), by: error)
  }
}

/// How busy the engine is.
package struct SchedulerLoad: Sendable, Hashable {
  /// Jobs that wait for room in memory.
  package let waitingJobs: Int
  /// Jobs in memory.
  package let liveJobs: Int
  /// Units that could run now.
  package let readyUnits: Int
  package let runningUnits: Int
  /// How many workers may run at once at this moment.
  package let workers: Int
}

extension WorkCensus {
  func note(_ record: JobRecord) {
    let manifest = record.manifest
    note(
      manifest.id, owner: manifest.owner,
      pages: record.pageCount ?? WorkCensus.expectedPages(bytes: manifest.sourceLength))
  }
}
