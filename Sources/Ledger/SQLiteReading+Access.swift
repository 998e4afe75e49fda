import GRDB

extension SQLiteReading {
  package func keys() async throws -> [APIKeyRecord] {
    try await read { try $0.all(AccessQuery.keys, [], APIKeyRecord.init) }
  }

  package func usage(
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
