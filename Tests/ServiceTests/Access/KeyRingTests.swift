import Checkpoints
import Foundation
import GRDB
import Ledger
import Testing

@testable import Service

@Suite("API keys")
struct KeyRingTests {
  @Test("a key opens, another does not, and a restart changes nothing")
  func keys() async throws {
    let place = try LedgerPlace()
    let ring = KeyRing()
    try await ring.load(from: place.ledger)
    let (record, text) = try await ring.add(
      name: "ann", role: .submit, limits: KeyLimits(rate: 1.5, burst: 3, concurrency: 2))
    #expect(try ring.find(text)?.id == record.id)
    let again = KeyRing()
    try await again.load(from: place.ledger)
    #expect(try again.find(text) == record)

    var last = text
    let end = last.removeLast()
    #expect(try again.find(last + (end == "0" ? "1" : "0")) == nil)
    for wrong in ["", "sheaf_", last, text + "0", text.uppercased(), " " + text, KeyText().text] {
      #expect(try again.find(wrong) == nil, "\(wrong)")
    }
  }

  @Test("neither the key nor its hash without salt stands in the ledger's files")
  func hashed() async throws {
    let place = try LedgerPlace()
    let ring = KeyRing()
    try await ring.load(from: place.ledger)
    let (one, text) = try await ring.add(name: "ann", role: .read)
    for suffix in ["", "-wal"] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: place.folder.ledger + suffix))
      #expect(bytes.range(of: Data(text.suffix(52).utf8)) == nil)
    }
    let key = try #require(KeyText(text))
    #expect(KeyHash(of: key).hash != KeyHash(of: key).hash)
    #expect(KeyHash(salt: one.salt, hash: one.hash).matches(key))
  }

  @Test("a revoked key is out at once and after a restart; by a name all of its keys go")
  func revoked() async throws {
    let place = try LedgerPlace()
    let ring = KeyRing()
    try await ring.load(from: place.ledger)
    let old = try await ring.add(name: "ann", role: .read)
    let new = try await ring.add(name: "ann", role: .read)
    let other = try await ring.add(name: "bob", role: .admin)
    #expect(try await ring.revoke(old.record.id).map(\.id) == [old.record.id])
    #expect(try ring.find(old.text) == nil)
    #expect(try ring.find(new.text) != nil)
    #expect(try await ring.revoke(old.record.id).isEmpty)
    #expect(try await ring.revoke("ann").map(\.id) == [new.record.id])
    let again = KeyRing()
    try await again.load(from: place.ledger)
    #expect(try again.find(new.text) == nil)
    #expect(try again.find(other.text)?.role == .admin)
    #expect(again.all.count == 3)
  }

  @Test("a revocation that could not be stored is stored when it is asked for again")
  func revokedTwice() async throws {
    let place = try LedgerPlace()
    let ring = KeyRing()
    try await ring.load(from: place.ledger)
    let keys = [try await ring.add(name: "ann", role: .read), try await ring.add(name: "ann", role: .read)]
    let queue = try DatabaseQueue(path: place.folder.ledger)
    try await queue.write {
      try $0.execute(sql: "CREATE TRIGGER full BEFORE UPDATE ON api_keys BEGIN SELECT RAISE(ABORT, 'full'); END")
    }
    await #expect(throws: (any Error).self) { try await ring.revoke("ann") }
    for key in keys { #expect(try ring.find(key.text) == nil) }
    try await queue.write { try $0.execute(sql: "DROP TRIGGER full") }
    try queue.close()
    #expect(Set(try await ring.revoke("ann").map(\.id)) == Set(keys.map(\.record.id)))
    #expect(try await ring.revoke("ann").isEmpty)
    let again = KeyRing()
    try await again.load(from: place.ledger)
    for key in keys { #expect(try again.find(key.text) == nil) }
  }

  @Test(
    "what is no name or no limit is refused", arguments: ["", "a b", "é", "a/b", String(repeating: "a", count: 65)])
  func names(name: String) async throws {
    let place = try LedgerPlace()
    let ring = KeyRing()
    try await ring.load(from: place.ledger)
    await #expect(throws: KeyRingFailure.badName) { try await ring.add(name: name, role: .read) }
    for limits in [KeyLimits(rate: 0), KeyLimits(rate: .nan), KeyLimits(burst: 0), KeyLimits(concurrency: -1)] {
      await #expect(throws: KeyRingFailure.badLimits) { try await ring.add(name: "a", role: .read, limits: limits) }
    }
  }

  @Test("before the ledger is open, nobody is let in or turned away")
  func starting() {
    #expect(throws: Problem.self) { try KeyRing().find(KeyText().text) }
  }
}
