import ArgumentParser
import Checkpoints
import Foundation
import Ledger
import StageKit

/// Where the data folder is.
struct DataOption: ParsableArguments {
  @Option(
    name: .customLong("data"),
    help: ArgumentHelp(
      "The data folder. Default: $SHEAF_DATA, else $XDG_DATA_HOME/sheaf, else ~/.local/share/sheaf.", valueName: "dir"),
    completion: .directory)
  var path: String?

  var folder: DataFolder {
    get throws {
      try DataFolder(
        option: path, environment: ProcessInfo.processInfo.environment,
        workingFolder: FileManager.default.currentDirectoryPath)
    }
  }

  /// What to write in a command so that it means the same folder.
  var repeated: String { path.map { " --data \($0)" } ?? "" }

  /// Opens the ledger for reading, which needs no lock.
  ///
  /// - Returns: nil where there is none yet.
  func ledger() throws -> (any LedgerReader)? {
    do { return try SQLiteLedgerReader(path: folder.ledger) } catch LedgerFailure.missing { return nil }
  }

  /// Finds a job without a lock.
  func job(_ reference: String) async throws -> (record: JobRecord, ledger: any LedgerReader) {
    guard let ledger = try ledger() else { throw StageFailure.noJob(reference) }
    return (try await JobReference(text: reference).resolve(ledger), ledger)
  }
}
