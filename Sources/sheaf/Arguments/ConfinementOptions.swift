import ArgumentParser
import Engine
import StageKit

/// How far workers are kept from the machine and from each other's documents, and what they may use.
struct ConfinementOptions: ParsableArguments {
  @Flag(help: "Do nothing where the kernel cannot confine workers; otherwise Sheaf only warns. sheaf doctor tells.")
  var requireSandbox = false

  @Option(
    help: ArgumentHelp(
      "Whose documents one worker process serves: those of one owner, or one document. Default: owner.",
      valueName: "owner|document"))
  var isolate: WorkerIsolation?

  @Option(help: ArgumentHelp("CPU seconds that a page may take in one stage. Default: 60.", valueName: "seconds"))
  var unitTime: Int?

  @Option(help: ArgumentHelp("Memory that a page may take in one stage. Default: 1024.", valueName: "MiB"))
  var unitMemory: Int?

  func validate() throws {
    if let unitTime, !(1...86_400).contains(unitTime) { throw ValidationError("--unit-time takes 1 to 86400.") }
    if let unitMemory, !(128...1_048_576).contains(unitMemory) {
      throw ValidationError("--unit-memory takes 128 to 1048576.")
    }
  }

  func apply(to configuration: inout EngineConfiguration) {
    if requireSandbox { configuration.sandbox = .required }
    let usual = configuration.limits
    configuration.limits = WorkerLimits(
      unitSeconds: unitTime.map(Double.init) ?? usual.page.cpuSeconds,
      unitBytes: unitMemory.map { $0 << 20 } ?? usual.page.residentBytes, jobSeconds: usual.jobSeconds,
      outputBytes: usual.outputBytes)
    if let isolate { configuration.isolation = isolate }
  }
}

extension WorkerIsolation: ExpressibleByArgument {}
