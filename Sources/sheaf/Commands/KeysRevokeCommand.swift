import ArgumentParser
import CanonicalJSON
import Ledger
import Service
import StageKit

struct KeysRevokeCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Take keys out of use.",
    discussion: "By its id one key; by a name all keys of that name. What they submitted stays.")

  @Argument(help: ArgumentHelp("Ids or names.", valueName: "key"))
  var keys: [String]

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
    for reference in keys {
      for key in try await KeyVisit.revoke(reference, data) {
        StandardStream.error.write("revoked \(key["id"]?.string ?? "") of \(key["name"]?.string ?? "")\n")
      }
    }
    return .done
  }
}
