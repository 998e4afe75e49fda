import ArgumentParser
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
    try await KeyVisit.run(in: data.folder) { ring in
      for reference in keys {
        let revoked = try await ring.revoke(reference)
        guard !revoked.isEmpty else {
          throw StageFailure.usage("There is no key \"\(reference)\" in use.", hint: "sheaf keys list shows them.")
        }
        for key in revoked { StandardStream.error.write("revoked \(key.id) of \(key.name)\n") }
      }
    }
    return .done
  }
}
