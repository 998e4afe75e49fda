import CanonicalJSON
import Checkpoints
import Foundation
import HTTPServer
import Ledger
import Service
import StageKit

/// Changes the keys of a data folder: asks the server that has it, else owns it for a moment.
enum KeyVisit {
  /// Makes a key.
  ///
  /// - Returns: what there is to tell of it, with its text under `key`.
  /// - Throws: `StageFailure` with `invalid_request` for a name or limits that are none.
  static func add(name: String, role: KeyRole, limits: KeyLimits, _ data: DataOption) async throws -> JSONValue {
    if let link = try await ServerLink(data.folder, repeated: data.repeated) {
      var body: [String: JSONValue] = ["name": .string(name), "role": .string(role.rawValue)]
      body["rate"] = limits.rate.map { .number($0) }
      body["burst"] = limits.burst.map { .integer(Int64($0)) }
      body["concurrency"] = limits.concurrency.map { .integer(Int64($0)) }
      return try await link.ask(.post, "/api/v1/keys", .object(body))
    }
    do {
      let (record, text) = try await run(in: data.folder) { try await $0.add(name: name, role: role, limits: limits) }
      return .object(record.summary.merging(["key": .string(text)]) { $1 })
    } catch let failure as KeyRingFailure {
      throw StageFailure.usage(failure.description)
    }
  }

  /// Takes keys out of use.
  ///
  /// - Parameter reference: a key's id, or the name of all to be revoked.
  /// - Returns: what there is to tell of each.
  static func revoke(_ reference: String, _ data: DataOption) async throws -> [JSONValue] {
    let unknown = StageFailure.usage("There is no key \"\(reference)\" in use.", hint: "sheaf keys list shows them.")
    // What can be no key's name must not become part of a path.
    guard KeyRing.isName(reference) else { throw unknown }
    let revoked: [JSONValue]
    if let link = try await ServerLink(data.folder, repeated: data.repeated) {
      do { revoked = try await link.ask(.delete, "/api/v1/keys/\(reference)")["revoked"]?.array ?? [] } catch let
        refusal as ServerRefusal where refusal.code == ProblemCode.keyNotFound.rawValue
      {
        throw unknown
      }
    } else {
      revoked = try await run(in: data.folder) { try await $0.revoke(reference).map { .object($0.summary) } }
    }
    guard !revoked.isEmpty else { throw unknown }
    return revoked
  }

  /// - Throws: `StageFailure` with `data_folder_owned` while a server has the folder, and what the body throws.
  private static func run<Value>(in folder: DataFolder, _ body: (KeyRing) async throws -> Value) async throws -> Value {
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
