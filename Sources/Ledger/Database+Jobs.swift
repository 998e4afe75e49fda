import Checkpoints
import GRDB
import StageKit

extension Database {
  func job(_ id: JobID) throws -> JobRecord? { try first(JobQuery.byID, [id], JobRecord.init) }

  func jobs(prefix: String) throws -> [JobRecord] {
    // "~" sorts after every letter and digit of an id.
    try all(JobQuery.byPrefix, [prefix, prefix + "~"], JobRecord.init)
  }

  func jobs(states: Set<JobState>?, before: JobRecord?, limit: Int) throws -> [JobRecord] {
    let created = before?.created ?? .infinity
    let id = before?.manifest.id.text ?? ""
    let limit = max(0, limit)
    guard let states else { return try all(JobQuery.page, [created, id, limit], JobRecord.init) }
    // Each state is a walk down its own index; one statement for several would visit the jobs of all other states.
    let pages = try JobState.allCases.filter(states.contains).map { state in
      try all(JobQuery.pageOfState, [state, created, id, limit], JobRecord.init)
    }
    let newest = pages.joined().sorted { a, b in
      (a.created, a.manifest.id.text) > (b.created, b.manifest.id.text)
    }
    return Array(newest.prefix(limit))
  }

  func jobs(owner: String, before: JobRecord?, limit: Int) throws -> [JobRecord] {
    let created = before?.created ?? .infinity
    let id = before?.manifest.id.text ?? ""
    return try all(JobQuery.pageOfOwner, [owner, created, id, max(0, limit)], JobRecord.init)
  }

  func unfinishedJobs() throws -> [JobRecord] {
    let states = Set(JobState.allCases.filter { !$0.isFinished })
    return try jobs(states: states, before: nil, limit: .max).sorted { a, b in
      (b.manifest.settings.priority, a.created, a.manifest.id.text)
        < (a.manifest.settings.priority, b.created, b.manifest.id.text)
    }
  }

  func attempts(of job: JobID, unit: UnitID?) throws -> [AttemptRecord] {
    if let unit { return try all(AttemptQuery.ofUnit, [job, unit], AttemptRecord.init) }
    return try all(AttemptQuery.ofJob, [job], AttemptRecord.init)
  }
}
