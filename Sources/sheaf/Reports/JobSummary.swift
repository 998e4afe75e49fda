import CanonicalJSON
import Checkpoints
import Ledger
import StageKit

/// A job in short, for people and for programs.
enum JobSummary {
  /// `completed with errors`.
  static func state(_ state: JobState) -> String { state.rawValue.split(separator: "_").joined(separator: " ") }

  /// The state as it is, where the ledger has a job at work that nobody is there to work on.
  static func state(_ job: JobRecord, isOwned: Bool) -> String {
    let state = job.manifest.state
    return !isOwned && (state == .running || state == .queued) ? "stopped" : Self.state(state)
  }

  /// - Parameter isOwned: whether somebody works in the data folder.
  static func table(_ jobs: [JobRecord], pins: [JobID: PinCounts] = [:], isOwned: Bool) -> TextTable {
    var table = TextTable(["JOB", "STATE", "PAGES", "CREATED", "TOOK", "NAME"], rightAligned: [2, 4])
    for job in jobs {
      table.add([
        job.manifest.id.text, state(job, isOwned: isOwned) + conflicts(pins[job.manifest.id]),
        job.pageCount.map(String.init) ?? "",
        Moment.local(job.created), took(job) ?? "", job.manifest.name,
      ])
    }
    return table
  }

  private static func conflicts(_ pins: PinCounts?) -> String {
    guard let pins, pins.conflicts > 0 else { return "" }
    return ", " + Measure.count(pins.conflicts, "conflict")
  }

  /// From its start to its end; nil where it has none.
  static func took(_ job: JobRecord) -> String? {
    guard let started = job.started, let finished = job.finished, finished >= started else { return nil }
    return Measure.duration(finished - started)
  }

  static func json(_ job: JobRecord, pins: PinCounts? = nil) -> JSONValue {
    var members: [String: JSONValue] = [
      "id": .string(job.manifest.id.text), "name": .string(job.manifest.name),
      "state": .string(job.manifest.state.rawValue), "source": .string(job.manifest.source.description),
      "bytes": .integer(Int64(job.manifest.sourceLength)), "created": .number(job.created), "seq": .integer(job.seq),
      "formats": .array(job.manifest.settings.formats.map { .string($0.rawValue) }),
    ]
    if let pins {
      members["pinned"] = .integer(Int64(pins.pins))
      members["conflicts"] = .integer(Int64(pins.conflicts))
    }
    if let pages = job.pageCount { members["pages"] = .integer(Int64(pages)) }
    if let started = job.started { members["started"] = .number(started) }
    if let finished = job.finished { members["finished"] = .number(finished) }
    if let failure = job.manifest.failure { members["failure"] = failure.json }
    return .object(members)
  }
}
