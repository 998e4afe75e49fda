import ArgumentParser
import Engine
import StageKit

/// How far workers are kept from the machine and from each other's documents.
struct ConfinementOptions: ParsableArguments {
  @Flag(help: "Do nothing where the kernel cannot confine workers; otherwise Sheaf only warns. sheaf doctor tells.")
  var requireSandbox = false

  @Option(
    help: ArgumentHelp(
      "Whose documents one worker process serves: those of one owner, or one document. Default: owner.",
      valueName: "owner|document"))
  var isolate: WorkerIsolation?

  func apply(to configuration: inout EngineConfiguration) {
    if requireSandbox { configuration.sandbox = .required }
    if let isolate { configuration.isolation = isolate }
  }
}

extension WorkerIsolation: ExpressibleByArgument {}
