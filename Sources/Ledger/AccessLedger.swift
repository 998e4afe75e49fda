/// The port to API keys, to answers that are to be given again, and to usage.
///
/// Every method throws `LedgerFailure`.
package protocol AccessLedger: Sendable {
  /// - Throws: `LedgerFailure.integrity` where a key of this id is there.
  func add(_ key: APIKeyRecord) async throws
  /// All keys, also revoked ones, the oldest first.
  func keys() async throws -> [APIKeyRecord]
  /// - Returns: false where there is no such key that is still good.
  func revokeKey(id: String) async throws -> Bool

  /// - Returns: nil where there is none, or it has expired.
  func answer(scope: String, key: String) async throws -> StoredAnswer?
  /// Keeps an answer by itself; one that belongs to a new job goes with `JobLedger.create` instead.
  ///
  /// - Throws: `LedgerFailure.integrity` where one that has not expired is there.
  func store(_ answer: StoredAnswer) async throws
  func removeExpiredAnswers() async throws

  /// The newest day first, then by owner backwards, from just after the place.
  ///
  /// - Parameters:
  ///   - owner: nil for all.
  ///   - days: `2026-01-31`, both included.
  func usage(
    owner: String?, from first: String, to last: String, after: (day: String, owner: String)?, limit: Int
  ) async throws -> [UsageRecord]
}
