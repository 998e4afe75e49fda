import GRDB

extension SQLiteLedger: AccessLedger {
  package func add(_ key: APIKeyRecord) async throws {
    try await write { try $0.add(key) }
  }

  package nonisolated func keys() async throws -> [APIKeyRecord] {
    try await read { try $0.all(AccessQuery.keys, [], APIKeyRecord.init) }
  }

  package func revokeKey(id: String) async throws -> Bool {
    try await write { try $0.database.run(AccessQuery.revokeKey, [id, $0.now]) == 1 }
  }

  package func answer(scope: String, key: String) async throws -> StoredAnswer? {
    let now = clock.now()
    return try await read { try $0.first(AccessQuery.answer, [scope, key, now], StoredAnswer.init) }
  }

  package func store(_ answer: StoredAnswer) async throws {
    try await write { try $0.store(answer) }
  }

  package func removeExpiredAnswers() async throws {
    try await write { _ = try $0.database.run(AccessQuery.removeExpiredAnswers, [$0.now]) }
  }

  package nonisolated func usage(
    owner: String?, from first: String, to last: String, after: (day: String, owner: String)?, limit: Int
  ) async throws -> [UsageRecord] {
    // "~" sorts after every digit of a day.
    let (day, place) = after ?? ("~", "")
    let limit = max(0, limit)
    return try await read { database in
      if let owner {
        return try database.all(AccessQuery.usageOfOwner, [owner, first, last, day, limit], UsageRecord.init)
      }
      return try database.all(AccessQuery.usage, [first, last, day, place, limit], UsageRecord.init)
    }
  }
}
