import ArgumentParser
import CanonicalJSON
import Checkpoints
import Engine
import FoundationEssentials
import HTTPServer
import Ledger
import StageKit

struct StatusCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show how far a job is, stage by stage, and what it lacks.",
    discussion: """
      Needs no lock: while another sheaf works, it is asked what runs at this moment. Timings and traces are read from \
      the data folder; chrome://tracing, ui.perfetto.dev and speedscope.app show a trace.
      """)

  @Argument(help: ArgumentHelp("The job; last is the newest.", valueName: "job"))
  var job: String

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Show how it comes on until it is at rest.")
  var follow = false

  @Flag(help: "Tell where its time went, stage by stage.")
  var timings = false

  @Option(
    help: ArgumentHelp(
      "Write when each unit ran into a file, as Chrome's trace events; - is standard output.",
      valueName: "file"))
  var trace: String?

  @OptionGroup var data: DataOption
  @OptionGroup var server: ServerOption

  func validate() throws {
    if follow, timings || trace != nil {
      throw ValidationError("--timings and --trace tell of what has ended: use them without --follow.")
    }
    if server.address != nil, timings || trace != nil {
      throw ValidationError("--timings and --trace read the data folder: use them without --server.")
    }
    if timings, trace == "-" { throw ValidationError("Only one of --timings and --trace - can be printed.") }
  }

  func perform() async throws -> CommandOutcome {
    if timings || trace != nil { return try await tellTimings() }
    if follow {
      if let link = try await server.link(data) { return try await follow(link) }
      return try await LedgerFollower(data: data, job: job, json: json).follow()
    }
    if let link = try await server.named() { return try await tell(link) }
    let (record, ledger) = try await data.job(job)
    let id = record.manifest.id
    let (owner, live) = try await owner(of: id)
    let status = JobStatus(
      record: record, units: try await ledger.units(of: id), attempts: try await ledger.attempts(of: id, unit: nil),
      pins: try await ledger.pins(of: id), owner: owner, live: live)
    if json {
      StandardStream.output.write(JSONLine.text(status.json))
    } else {
      StandardStream.output.write(status.lines(repeated: data.repeated).joined(separator: "\n") + "\n")
    }
    return .done
  }

  private func tellTimings() async throws -> CommandOutcome {
    let (record, ledger) = try await data.job(job)
    let attempts = try await ledger.attempts(of: record.manifest.id, unit: nil)
    if let trace {
      let text = JSONLine.text(TraceEvents.json(record, attempts))
      if trace == "-" {
        StandardStream.output.write(text)
      } else {
        let path = trace.hasPrefix("/") ? trace : FileManager.default.currentDirectoryPath + "/" + trace
        try AtomicFile(path).write(Array(text.utf8))
      }
    }
    guard timings else { return .done }
    let told = JobTimings(attempts)
    StandardStream.output.write(json ? JSONLine.text(told.json) : told.lines.joined(separator: "\n") + "\n")
    return .done
  }

  /// As the server tells it.
  private func follow(_ link: ServerLink) async throws -> CommandOutcome {
    let (id, name) = try await identity(link)
    let session = await RemoteSession(link, Console(json: json), delivery: nil, expected: 1)
    return try await session.work { _ in [RemoteSession.Item(job: id, name: OutputName(name))] }
  }

  private func tell(_ link: ServerLink) async throws -> CommandOutcome {
    let job = try await link.ask(.get, "/api/v1/jobs/\(identity(link).id)")
    if json {
      StandardStream.output.write(JSONLine.text(job))
    } else {
      StandardStream.output.write(RemoteStatus(job).lines.joined(separator: "\n") + "\n")
    }
    return .done
  }

  private func identity(_ link: ServerLink) async throws -> (id: JobID, name: String) {
    if server.address == nil {
      let record = try await data.job(job).record
      return (record.manifest.id, record.manifest.name)
    }
    let found =
      job == JobReference.newest
      ? try await link.ask(.get, "/api/v1/jobs?limit=1")["jobs"]?[0]
      : JobID(job) == nil ? nil : try await link.ask(.get, "/api/v1/jobs/\(job)")
    guard let id = found?["id"]?.string.flatMap({ JobID($0) }) else { throw StageFailure.noJob(job) }
    return (id, found?["name"]?.string ?? id.text)
  }

  private func owner(of job: JobID) async throws -> (DataFolderOwner?, LiveStatus?) {
    let folder = try data.folder
    // An owner that does not answer, or is just leaving, takes nothing from what the ledger tells.
    guard let client = try? ControlClient(folder) else { return (nil, nil) }
    let live = try? await client.status(job)
    return (try OwnerLock.record(in: folder), live)
  }
}
