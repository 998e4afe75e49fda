import ArgumentParser
import Checkpoints
import Foundation
import Ledger
import StageKit

struct BackupCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the ledger as it stands, also while a server works.",
    discussion: """
      The first step of a backup: what the copy names is in documents, objects and jobs, whose files are written once \
      and never changed, and can be copied after it. Other programs copy the ledger without its checksums.
      """)

  @Argument(help: "Where the copy goes: a free name.", completion: .file())
  var file: String

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
    let path = URL(fileURLWithPath: file).path
    do {
      let bytes = try LedgerBackup.write(from: data.folder.ledger, to: path)
      StandardStream.output.write("\(path)  \(Measure.bytes(bytes))\n")
    } catch LedgerFailure.missing {
      throw StageFailure(
        .dataFolderUnusable, "There is no ledger in \(try data.folder.path).", hint: "Name the data folder with --data."
      )
    }
    return .done
  }
}
