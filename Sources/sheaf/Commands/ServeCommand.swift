import ArgumentParser
import Checkpoints
import Engine
import EventLoop
import Foundation
import Logging
import Service
import StageKit

struct ServeCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Run the server: documents, jobs and progress over HTTP.",
    discussion: """
      Works on the data folder until SIGTERM or Ctrl-C; unfinished jobs go on at the next start. SIGHUP reads the \
      configuration again. Settings come from flags, then the environment (SHEAF_QUEUE_JOBS), then the file; \
      docs/configuration.md lists them.

        sheaf serve
        sheaf serve --listen 0.0.0.0:8080 --data /srv/sheaf --config /etc/sheaf.yaml
        sheaf serve --set queue.jobs=500 --set workers.max=4
      """)

  @Option(
    help: ArgumentHelp(
      "Where to listen: an address with port, or unix:/path. May be given often.", valueName: "address"))
  var listen: [String] = []

  @OptionGroup var data: DataOption

  @Option(
    help: ArgumentHelp("A YAML file of settings.", valueName: "file"), completion: .file(extensions: ["yaml", "yml"]))
  var config: String?

  @Option(name: .customLong("set"), help: ArgumentHelp("A setting; may be given often.", valueName: "setting=value"))
  var settings: [String] = []

  @OptionGroup var confinement: ConfinementOptions

  @Flag(name: .customLong("settings"), help: "Print all settings with their defaults as Markdown, and end.")
  var printsSettings = false

  func perform() async throws -> CommandOutcome {
    if printsSettings {
      StandardStream.output.write(SettingTable.markdown)
      return .done
    }
    // Whoever reads the log may go away, or be started anew: a line that cannot be written is no reason to end.
    signal(SIGPIPE, SIG_IGN)
    do {
      let source = try source()
      let configuration = try await source.load()
      let server = try SheafServer(configuration, source: source, folder: try folder(configuration))
      try await server.run()
    } catch let failure as LoopFailure {
      throw StageFailure(
        .invalidRequest, "The server could not start: \(failure).", hint: "Listen elsewhere with --listen.")
    } catch let failure as SettingFailure {
      throw StageFailure.usage("The setting \(failure).", hint: "docs/configuration.md lists the settings.")
    }
    return .done
  }

  private func source() throws(StageFailure) -> ConfigurationSource {
    var flags: [String: [String]] = [:]
    for text in settings {
      let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard halves.count == 2, !halves[0].isEmpty else {
        throw .usage("\"\(text)\" is no setting.", hint: "Write it as setting=value, as in queue.jobs=500.")
      }
      flags[halves[0], default: []].append(halves[1])
    }
    if !listen.isEmpty { flags[Settings.listen.key] = listen }
    if confinement.requireSandbox { flags[Settings.requireSandbox.key] = ["true"] }
    if let isolate = confinement.isolate { flags[Settings.isolation.key] = [isolate.rawValue] }
    if let path = data.path { flags[Settings.data.key] = [path] }
    return ConfigurationSource(flags: flags, environment: ProcessInfo.processInfo.environment, file: config)
  }

  private func folder(_ configuration: ServiceConfiguration) throws -> DataFolder {
    try DataFolder(
      option: configuration[Settings.data], environment: ProcessInfo.processInfo.environment,
      workingFolder: FileManager.default.currentDirectoryPath)
  }
}
