import ArgumentParser
import CanonicalJSON
import Engine
import StageKit

struct StagesCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages",
    abstract: "List the stages and every option that --set can change.",
    discussion: "With --json, the whole plan with needs, engines and versions.")

  @Argument(
    help: ArgumentHelp("Only these stages.", valueName: "stage"), completion: .list(StageID.allCases.map(\.rawValue)))
  var stages: [String] = []

  @Flag(help: "Print JSON.")
  var json = false

  func perform() async throws -> CommandOutcome {
    let wanted = try stages.map(ClosedName.stage)
    let plan = try await WorkerProgram().describe()
    let rows = plan.stages.filter { wanted.isEmpty || wanted.contains($0.stage) }
    if json {
      let bytes = try CanonicalEncoder().encode(PlanDescription(stages: rows, recorded: plan.recorded))
      StandardStream.output.write(String(decoding: bytes, as: UTF8.self) + "\n")
    } else {
      StandardStream.output.write(StageListing.lines(rows, style: .ofOutput).joined(separator: "\n") + "\n")
    }
    return .done
  }
}
