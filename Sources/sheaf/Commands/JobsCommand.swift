import ArgumentParser
import Checkpoints
import Engine
import Ledger
import StageKit

struct JobsCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "jobs", abstract: "List jobs, the newest first.",
    discussion: "Needs no lock: it works while another sheaf works. With --json, one object per line.")

  @Option(help: ArgumentHelp("Jobs at most; 0 for all.", valueName: "n"))
  var limit = 20

  @Option(
    help: ArgumentHelp(
      "Only jobs in these states: \(JobState.allCases.map(\.rawValue).joined(separator: ",")).", valueName: "states"),
    completion: .list(JobState.allCases.map(\.rawValue)))
  var state: [String] = []

  @Flag(help: "Print JSON lines.")
  var json = false

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
    guard limit >= 0 else { throw StageFailure.usage("--limit takes 0 or more.") }
    var states: Set<JobState> = []
    for name in state.flatMap({ $0.split(separator: ",") }) { states.insert(try ClosedName.state(String(name))) }
    guard let ledger = try data.ledger() else {
      if !json { StandardStream.error.write("There are no jobs yet.\n") }
      return .done
    }
    try await json ? printLines(ledger, states) : printTable(ledger, states)
    return .done
  }

  private func printLines(_ ledger: any LedgerReader, _ states: Set<JobState>) async throws {
    let pins = try await ledger.pinCounts()
    try await forEachPage(ledger, states) { jobs in
      let lines = jobs.map { JSONLine.text(JobSummary.json($0, pins: pins[$0.manifest.id])) }
      StandardStream.output.write(lines.joined())
    }
  }

  private func printTable(_ ledger: any LedgerReader, _ states: Set<JobState>) async throws {
    var all: [JobRecord] = []
    try await forEachPage(ledger, states) { all += $0 }
    guard !all.isEmpty else {
      StandardStream.error.write("There are no \(states.isEmpty ? "jobs yet" : "such jobs").\n")
      return
    }
    let pins = try await ledger.pinCounts()
    // An owner that cannot be asked is one.
    let isOwned = (try? ControlClient(data.folder) != nil) ?? true
    StandardStream.output.write(
      JobSummary.table(all, pins: pins, isOwned: isOwned).lines.joined(separator: "\n") + "\n")
    if all.count == limit { StandardStream.error.write("There may be more: --limit 0 lists all.\n") }
  }

  private func forEachPage(
    _ ledger: any LedgerReader, _ states: Set<JobState>, _ body: ([JobRecord]) -> Void
  ) async throws {
    var rest = limit == 0 ? Int.max : limit
    var last: JobRecord?
    while rest > 0 {
      let wanted = min(rest, Self.page)
      let jobs = try await ledger.jobs(states: states.isEmpty ? nil : states, before: last, limit: wanted)
      body(jobs)
      guard jobs.count == wanted else { return }
      rest -= jobs.count
      last = jobs.last
    }
  }

  private static let page = 500  // jobs: what one question to the ledger asks for
}
