import Checkpoints
import Ledger
import Logging
import StageKit

extension Scheduler {
  /// Takes a job up as soon as there is room for it; until then it waits as a few words.
  ///
  /// - Parameters:
  ///   - password: opens its document; nil keeps the one that is known.
  ///   - inBackground: returns before the job is planned; what goes wrong then pauses the job.
  func enter(_ record: JobRecord, password: String? = nil, inBackground: Bool = false) async throws {
    let id = record.manifest.id
    census.note(record)
    if let password { passwords[id] = password }
    guard jobs[id] != nil || hasRoom else {
      waiting.insert(WaitingJobs.Entry(record))
      guard record.manifest.state != .queued else { return }
      let job = LiveJob(record: record, graph: JobGraph(plan(record, pages: [])), rows: [])
      return try await change(job, to: .queued, nil)
    }
    guard inBackground else { return try await admit(id) }
    begin(id)
  }

  /// Has a job that was taken back go on as it was, unless somebody else has it by now or it has ended.
  func putBack(_ id: JobID) async {
    guard !holds(id) else { return }
    do {
      guard let record = try await surroundings.ledger.job(id), !record.deleted, !holds(id),
        record.manifest.state == .queued || record.manifest.state == .running
      else { return }
      try await enter(record, inBackground: true)
    } catch {
      // It is unfinished in the ledger: the next owner, or a resume, takes it up.
      surroundings.logger.error("a job could not go on", metadata: ["job": "\(id)", "error": "\(error)"])
    }
  }

  /// Takes waiting jobs up as long as there is room.
  func fill() {
    guard !isStopping else { return }
    while hasRoom, !waiting.isEmpty {
      var live: [String: Int] = [:]
      for job in jobs.values { live[job.record.manifest.owner, default: 0] += 1 }
      guard let entry = waiting.next(live: live) else { return }
      begin(entry.job)
    }
  }

  /// How many jobs wait, are at work, and how many of their units could run now.
  func load() -> SchedulerLoad {
    SchedulerLoad(
      waitingJobs: waiting.count, liveJobs: jobs.count, readyUnits: queue.count, runningUnits: runningCount,
      workers: workerTarget)
  }

  private var hasRoom: Bool { jobs.count + arriving < liveLimit }

  /// Is settled with the job's admission.
  private func begin(_ id: JobID) {
    arriving += 1
    unsettle()
    Task {
      do { try await admit(id) } catch { await giveBack(id, error) }
      arriving -= 1
      fill()
      settle()
    }
  }

  /// A job that could not even be planned waits for a person, unless it is gone.
  private func giveBack(_ id: JobID, _ error: any Error) async {
    if case LedgerFailure.jobNotFound = error { return await forget(id) }
    guard let record = try? await surroundings.ledger.job(id), !record.deleted else {
      surroundings.logger.error("a job could not be read", metadata: ["job": "\(id)", "error": "\(error)"])
      return await forget(id)
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
    note(manifest.id, pages: record.pageCount ?? WorkCensus.expectedPages(bytes: manifest.sourceLength))
  }
}
