import Checkpoints
import Foundation
import Ledger
import Service

/// Owns the data folder for a moment, to change its keys.
enum KeyVisit {
  /// - Throws: `StageFailure` with `data_folder_owned` while a server has the folder, and what the body throws.
  static func run<Value>(in folder: DataFolder, _ body: (KeyRing) async throws -> Value) async throws -> Value {
    try folder.create()
    let owner = DataFolderOwner(id: UUID().uuidString.lowercased(), process: getpid(), program: "sheaf keys")
    let lock = try OwnerLock(folder, owner: owner)
    defer { withExtendedLifetime(lock) {} }
    let ledger = try SQLiteLedger(path: folder.ledger)
    do {
      let ring = KeyRing()
      try await ring.load(from: ledger)
      let value = try await body(ring)
      try await ledger.close()
      return value
    } catch {
      // The first failure is the one to tell.
      try? await ledger.close()
      throw error
    }
  }
}
