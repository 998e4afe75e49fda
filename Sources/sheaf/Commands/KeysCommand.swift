import ArgumentParser

struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Add, list and revoke the API keys of a server.",
    discussion: """
      A key is printed once, when it is made; only a salted hash of it is kept. While a server has the data folder, \
      it is asked over its socket there, and what is added or revoked holds at once.

        sheaf keys add ann --role submit
        sheaf keys add prometheus --role admin --rate 5
        sheaf keys revoke ann
      """,
    subcommands: [KeysAddCommand.self, KeysListCommand.self, KeysRevokeCommand.self])
}
