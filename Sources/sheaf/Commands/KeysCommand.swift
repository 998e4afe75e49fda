import ArgumentParser

struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Add, list and revoke the API keys of a server.",
    discussion: """
      A key is printed once, when it is made; only a salted hash of it is kept. Adding and revoking need the data folder \
      for themselves: while a server has it, ask that with a key of role admin (POST and DELETE /api/v1/keys).

        sheaf keys add ann --role submit
        sheaf keys add prometheus --role admin --rate 5
        sheaf keys revoke ann
      """,
    subcommands: [KeysAddCommand.self, KeysListCommand.self, KeysRevokeCommand.self])
}
