import ArgumentParser
import Checkpoints
import Foundation
import Logging
import StageKit

@main
struct Sheaf: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sheaf",
    abstract: "Turns PDF files and images into Markdown, HTML, JSON, tables and searchable PDF.",
    discussion: """
      Every document is a job that passes fifteen stages. Each stage leaves a checkpoint in the data folder, so a job \
      that was stopped goes on where it was, and one that ran can run again from any stage with other options.

      A job is named by its id, by a beginning of it that no other has, or by "last", the newest.

      EXIT CODES
        0    done
        1    failed, or paused for something (a password)
        3    completed, but pages or exports are missing
        64   the command line is wrong
        130  stopped by Ctrl-C (143 by SIGTERM, 129 by hanging up)
      A batch exits with the worst code of its documents.

      ENVIRONMENT
        SHEAF_DATA  the data folder
        SHEAF_LOG   a level (warning, info, debug) of log lines on standard error
        NO_COLOR    no colours

      COMPLETIONS
        sheaf --generate-completion-script bash (or zsh, or fish) prints a script; for bash it goes to
        ~/.local/share/bash-completion/completions/sheaf
      """,
    version: "sheaf \(Self.version)",
    subcommands: [
      RunCommand.self, ResumeCommand.self, RerunCommand.self, CancelCommand.self, JobsCommand.self, StatusCommand.self,
      ShowCommand.self, ExplainCommand.self, DiffCommand.self, TraceCommand.self, EditCommand.self, PinsCommand.self,
      ResolveCommand.self, UnpinCommand.self, HistoryCommand.self, RestoreCommand.self, ReplayCommand.self,
      ExportCommand.self, ImportCommand.self, VerifyCommand.self, DeleteCommand.self, FsckCommand.self, GcCommand.self,
      BackupCommand.self,
      SearchCommand.self, StagesCommand.self, ServeCommand.self, KeysCommand.self, DoctorCommand.self,
    ])

  static let version = "0.1.0"

  static func main() async {
    FaultDrill.install(for: "sheaf", environment: ProcessInfo.processInfo.environment)
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      try refuseUnknownCommand(arguments)
      Foundation.exit(try await perform(parsed(arguments)).rawValue)
    } catch {
      EngineLog.logger().debug("\(error)")
      let report = FailureReport(error)
      StandardStream.error.write(report.line + "\n")
      Foundation.exit(report.status.rawValue)
    }
  }

  /// Reads the arguments; help, version, completions and what is wrong are said by the parser, which then exits.
  private static func parsed(_ arguments: [String]) -> any ParsableCommand {
    do { return try parseAsRoot(arguments) } catch { exit(withError: error) }
  }

  private static func perform(_ command: any ParsableCommand) async throws -> CommandOutcome {
    if let command = command as? any SheafCommand { return try await command.perform() }
    // The parser's own: help.
    var command = command
    do { try command.run() } catch { exit(withError: error) }
    return .done
  }

  /// The parser would take a mistyped command for a superfluous argument.
  static func refuseUnknownCommand(_ arguments: [String]) throws(StageFailure) {
    guard let name = arguments.first, !name.hasPrefix("-") else { return }
    let names = configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard !names.contains(name) else { return }
    throw .usage(
      "There is no command \"\(name)\".",
      hint: NearestName.of(name, in: names).map { "Did you mean \($0)?" } ?? "See sheaf help.")
  }
}
