import ArgumentParser
import StageKit

/// Which server does the work.
struct ServerOption: ParsableArguments {
  @Option(
    name: .customLong("server"),
    help: ArgumentHelp(
      "A server that does the work, by default one that has the data folder. Its key is taken from $SHEAF_API_KEY.",
      valueName: "url"))
  var address: String?

  /// The server that was named, else one that has the data folder.
  ///
  /// - Returns: nil where the work is done here.
  func link(_ data: DataOption) async throws -> ServerLink? {
    if let link = try await named() { return link }
    return try await ServerLink(data.folder, repeated: data.repeated)
  }

  func named() async throws -> ServerLink? {
    if let address { return try await ServerLink(url: address) }
    return nil
  }
}
