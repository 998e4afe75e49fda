import ArgumentParser
import CanonicalJSON
import Ledger
import Service
import StageKit

struct KeysAddCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Make a key and print it, this once.",
    discussion: "A second key of the same name sees the same jobs: so one replaces another.")

  @Argument(help: ArgumentHelp("Whose key it is: letters, digits and - _ . @", valueName: "name"))
  var name: String

  @Option(
    help: ArgumentHelp("What it may do: read, submit or admin.", valueName: "role"), completion: .list(Self.roles))
  var role = KeyRole.submit.rawValue

  @Option(help: ArgumentHelp("Requests per second; the server's setting if not given.", valueName: "n"))
  var rate: Double?

  @Option(help: ArgumentHelp("Requests at once after a rest.", valueName: "n"))
  var burst: Int?

  @Option(help: ArgumentHelp("Requests in work at the same time.", valueName: "n"))
  var concurrency: Int?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var data: DataOption

  private static let roles = KeyRole.allCases.map(\.rawValue)

  func perform() async throws -> CommandOutcome {
    guard let role = KeyRole(rawValue: role) else {
      throw StageFailure.usage(
        "There is no role \"\(role)\".", hint: "The roles are \(Self.roles.joined(separator: ", ")).")
    }
    let limits = KeyLimits(rate: rate, burst: burst, concurrency: concurrency)
    let key = try await KeyVisit.add(name: name, role: role, limits: limits, data)
    if json {
      StandardStream.output.write(JSONLine.text(key))
    } else {
      let id = key["id"]?.string ?? ""
      StandardStream.error.write("key \(id) of \(name), role \(role.rawValue); it is not shown again:\n")
      StandardStream.output.write((key["key"]?.string ?? "") + "\n")
    }
    return .done
  }
}
