import CanonicalJSON
import HTTPServer
import Ledger

/// `GET /api/v1/usage?from=&to=&key=&limit=&cursor=`: what was taken in and spent, by key and day, the newest first.
package struct UsageRoutes: Sendable {
  private let ledger: any AccessLedger
  private let clock: any LedgerClock

  package init(_ ledger: any AccessLedger, clock: any LedgerClock = SystemClock()) {
    self.ledger = ledger
    self.clock = clock
  }

  package func register(in router: inout Router) {
    router.on(.get, "/api/v1/usage") { try await list($0) }
  }

  private func list(_ request: Request) async throws -> Response {
    guard let caller = Caller.current else { throw AccessFailure.unauthenticated }
    let today = MomentText.day(clock.now())
    let last = try day(request, "to") ?? today
    let first = try day(request, "from") ?? MomentText.day(clock.now() - Self.usualDays * 86_400)
    let limit = try limit(request)
    // One more than asked for tells whether there are more.
    let rows = try await ledger.usage(
      owner: caller.listedOwner ?? request.query("key"), from: first, to: last, after: try place(request),
      limit: limit + 1)
    let page = rows.prefix(limit)
    var answer: [String: JSONValue] = ["usage": .array(page.map(Self.json))]
    if rows.count > limit, let end = page.last { answer["next"] = .string("\(end.day),\(end.owner)") }
    return try JSONBody.answer(.object(answer))
  }

  private static func json(_ record: UsageRecord) -> JSONValue {
    [
      "key": .string(record.owner), "day": .string(record.day), "documents": .integer(Int64(record.documents)),
      "pages": .integer(Int64(record.pages)), "bytes": .integer(record.bytes),
      "cpu_seconds": .number(record.cpuSeconds),
    ]
  }

  private func day(_ request: Request, _ name: String) throws(HTTPFailure) -> String? {
    guard let text = request.query(name) else { return nil }
    guard MomentText.isDay(text) else {
      throw HTTPFailure(.badRequest, "invalid_query", "\(name) must be a day: 2026-01-31.")
    }
    return text
  }

  private func limit(_ request: Request) throws(HTTPFailure) -> Int {
    guard let text = request.query("limit") else { return Self.usualLimit }
    guard let limit = Int(text), (1...Self.greatestLimit).contains(limit) else {
      throw HTTPFailure(.badRequest, "invalid_query", "limit must be 1 to \(Self.greatestLimit).")
    }
    return limit
  }

  private func place(_ request: Request) throws(HTTPFailure) -> (day: String, owner: String)? {
    guard let text = request.query("cursor") else { return nil }
    let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, MomentText.isDay(parts[0]) else {
      throw HTTPFailure(.badRequest, "invalid_cursor", "The cursor is not one that this server gave.")
    }
    return (parts[0], parts[1])
  }

  private static let usualDays = 30.0
  private static let usualLimit = 100
  private static let greatestLimit = 200
}
