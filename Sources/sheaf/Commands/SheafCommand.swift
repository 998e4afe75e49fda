import ArgumentParser

/// A command of ours: says how it ended, and throws what stopped it.
protocol SheafCommand: AsyncParsableCommand {
  func perform() async throws -> CommandOutcome
}
