import GRDB

extension SQLiteLedger: AccessLedger {
  package func add(_ key: APIKeyRecord) async throws {
    try await write { try $0.add(key) }
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
}
