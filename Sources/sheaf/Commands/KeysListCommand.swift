import ArgumentParser
import CanonicalJSON
import Checkpoints
import Ledger
import Service

struct KeysListCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the keys, without their secrets.",
    discussion: "Needs no lock: it works while a server works. With --json, one object per line.")

  @Flag(help: "Also those that were revoked.")
  var all = false

  @Flag(help: "Print JSON lines.")
  var json = false

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
    let keys = try await keys().filter { all || $0.revoked == nil }
    if json {
      StandardStream.output.write(keys.map { JSONLine.text(.object($0.summary)) }.joined())
    } else if keys.isEmpty {
      StandardStream.error.write("There are no keys.\n")
    } else {
      StandardStream.output.write(Self.table(keys).lines.joined(separator: "\n") + "\n")
    }
    return .done
  }

  private func keys() async throws -> [APIKeyRecord] {
    do {
      return try await SQLiteLedgerReader(path: data.folder.ledger).keys()
    } catch LedgerFailure.missing {
      return []
    }
  }

  private static func table(_ keys: [APIKeyRecord]) -> TextTable {
    var table = TextTable(["ID", "NAME", "ROLE", "RATE", "BURST", "AT ONCE", "MADE", ""], rightAligned: [3, 4, 5])
    for key in keys {
      table.add([
        key.id, key.name, key.role.rawValue, key.limits.rate.map { "\($0)" } ?? "-",
        key.limits.burst.map(String.init) ?? "-", key.limits.concurrency.map(String.init) ?? "-",
        Moment.local(key.created), key.revoked.map { "revoked \(Moment.local($0))" } ?? "",
      ])
    }
    return table
  }
}
