import ArgumentParser
import Engine
import Ledger
import StageKit

struct RestoreCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Make a replaced version of a checkpoint current again.",
    discussion: """
      The version is pinned, byte for byte, and what depends on it runs again, or comes back at once where it has run \
      before. Where it is what the stage makes now, the unit is unpinned instead.

        sheaf history last ocr 7
        sheaf restore last ocr 7 2
      """)

  @Argument(help: ArgumentHelp("The job; last is the newest.", valueName: "job"))
  var job: String

  @Argument(help: ArgumentHelp("The stage.", valueName: "stage"), completion: .list(StageID.allCases.map(\.rawValue)))
  var stage: String

  @Argument(help: ArgumentHelp("A page where there are pages, then the version's number.", valueName: "page> <number"))
  var numbers: [String]

  @Option(help: ArgumentHelp("Why, for the history.", valueName: "text"))
  var why: String?

  @Option(help: ArgumentHelp("Who. Default: the user's name.", valueName: "name"))
  var author: String?

  @OptionGroup var options: EditOptions

  func perform() async throws -> CommandOutcome {
    guard (1...2).contains(numbers.count), let number = numbers.last.flatMap({ Int($0) }) else {
      throw StageFailure.usage(
        "Give a page where there are pages, then the number of a version.", hint: "sheaf history lists them.")
    }
    let unit = try await FoundUnit(
      job: job, stage: stage, page: numbers.count == 2 ? numbers[0] : nil, options.data)
    let entries = try await unit.ledger.history(of: unit.job, unit: unit.unit)
    guard let entry = entries.first(where: { $0.unit == unit.unit && $0.number == number }) else {
      throw StageFailure(
        .checkpointNotFound, "\(unit.unit) has no version \(number) that is kept.", page: unit.unit.page,
        hint: "sheaf history \(unit.words) lists them.")
    }
    let request = PinRequest(
      unit: unit.unit, content: .checkpoint(entry.record), expected: unit.standing.record?.content, cause: .restore,
      author: PersonName.of(author), reason: why ?? "version \(number) restored")
    let change = UnitChange(unit, .restore(request, number: number)) { outcome in
      switch outcome {
      case .pinned: "\(unit.unit): version \(number) is current again, as a pin."
      case .unpinned: "\(unit.unit): version \(number) is what its stage makes; nothing is pinned any more."
      case .unchanged: "\(unit.unit): version \(number) is what stands there already."
      }
    }
    return try await options.perform("sheaf restore", change)
  }
}
