import Ledger
import Synchronization

/// All API keys, in memory, so that no request waits for the ledger.
package final class KeyRing: Sendable {
  private struct State {
    /// Nil until the ledger is open.
    var ledger: (any AccessLedger)?
    var keys: [String: APIKeyRecord] = [:]
    /// Called with the ids of keys as they are revoked.
    var observers: [@Sendable (Set<String>) -> Void] = []
  }

  private let state = Mutex(State())
  private let clock: any ServiceClock

  /// Empty; until `load`, nobody is let in or turned away.
  package init(clock: any ServiceClock = WallClock()) { self.clock = clock }

  /// Takes the keys from the ledger.
  ///
  /// - Throws: what the ledger throws.
  package func load(from ledger: any AccessLedger) async throws {
    let keys = Dictionary(uniqueKeysWithValues: try await ledger.keys().map { ($0.id, $0) })
    state.withLock { state in
      state.ledger = ledger
      state.keys = keys
    }
  }

  /// Has whatever was begun with a key hear of its end.
  func whenRevoked(_ action: @escaping @Sendable (_ ids: Set<String>) -> Void) {
    state.withLock { $0.observers.append(action) }
  }

  private var ledger: any AccessLedger {
    get throws(Problem) {
      guard let ledger = state.withLock({ $0.ledger }) else {
        throw .later(.starting, "The server is starting.", seconds: 1)
      }
      return ledger
    }
  }

  /// The key that a text is, if it is there and good.
  ///
  /// - Throws: `Problem` with `starting` before the keys are known.
  func find(_ text: some StringProtocol) throws(Problem) -> APIKeyRecord? {
    _ = try ledger
    guard let key = KeyText(text), let record = good(id: key.id),
      KeyHash(salt: record.salt, hash: record.hash).matches(key)
    else { return nil }
    return record
  }

  /// A key that has not been revoked.
  func good(id: String) -> APIKeyRecord? {
    state.withLock { $0.keys[id] }.flatMap { $0.revoked == nil ? $0 : nil }
  }

  /// Whether anybody could get in.
  package var isEmpty: Bool { state.withLock { $0.keys.values.allSatisfy { $0.revoked != nil } } }

  /// All keys, also revoked ones, the oldest first.
  package var all: [APIKeyRecord] {
    state.withLock { Array($0.keys.values) }.sorted { ($0.created, $0.id) < ($1.created, $1.id) }
  }

  /// Makes a key.
  ///
  /// - Returns: its record, and its text, which is told once and kept nowhere.
  /// - Throws: `KeyRingFailure`, `Problem` with `starting`, or what the ledger throws.
  package func add(
    name: String, role: KeyRole, limits: KeyLimits = KeyLimits()
  ) async throws -> (record: APIKeyRecord, text: String) {
    guard Self.isName(name) else { throw KeyRingFailure.badName }
    guard Self.areSound(limits) else { throw KeyRingFailure.badLimits }
    let ledger = try ledger
    guard state.withLock({ $0.keys.count }) < Self.limit else { throw KeyRingFailure.tooManyKeys }
    let key = KeyText()
    let hash = KeyHash(of: key)
    let record = APIKeyRecord(
      id: key.id, name: name, role: role, salt: hash.salt, hash: hash.hash, limits: limits, created: clock.now)
    try await ledger.add(record)
    state.withLock { $0.keys[record.id] = record }
    return (record, key.text)
  }

  /// Takes keys out of use, at once.
  ///
  /// - Parameter reference: a key's id, or a name, which means all of its keys.
  /// - Returns: the keys that were good until now.
  package func revoke(_ reference: String) async throws -> [APIKeyRecord] {
    let ledger = try ledger
    let keys = all.filter { $0.id == reference || $0.name == reference }
    let good = keys.filter { $0.revoked == nil }
    // From memory first: if the ledger fails, the key is out of use until somebody looks, rather than in use.
    let observers = state.withLock { state in
      for key in good { state.keys[key.id]?.revoked = clock.now }
      return state.observers
    }
    for observer in observers where !good.isEmpty { observer(Set(good.map(\.id))) }
    var revoked: [APIKeyRecord] = []
    // Those too that a ledger which failed last time still has for good ones.
    for key in keys {
      if try await ledger.revokeKey(id: key.id) { revoked.append(key) }
    }
    return revoked
  }

  /// Letters, digits and a few marks: it stands in files, in logs, and in cursors.
  package static func isName(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
          UInt8(ascii: "@"):
          true
        default: false
        }
      }
  }

  private static func areSound(_ limits: KeyLimits) -> Bool {
    let rate = limits.rate ?? 1
    return rate.isFinite && rate > 0 && rate <= 1e6 && (1...1_000_000).contains(limits.burst ?? 1)
      && (1...100_000).contains(limits.concurrency ?? 1)
  }

  /// Keys, revoked ones among them: some megabytes.
  private static let limit = 10_000
}
