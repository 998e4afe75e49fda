import ArgumentParser
import Checkpoints
import Engine
import Ledger
import StageKit

struct StatusCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show how far a job is, stage by stage, and what it lacks.",
    discussion: "Needs no lock: while another sheaf works, it is asked what runs at this moment.")

  @Argument(help: ArgumentHelp("The job; last is the newest.", valueName: "job"))
  var job: String

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
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

  private func owner(of job: JobID) async throws -> (DataFolderOwner?, LiveStatus?) {
    let folder = try data.folder
    // An owner that does not answer, or is just leaving, takes nothing from what the ledger tells.
    guard let client = try? ControlClient(folder) else { return (nil, nil) }
    let live = try? await client.status(job)
    return (try OwnerLock.record(in: folder), live)
  }
}
