import CanonicalJSON
import Engine
import HTTPServer
import Ledger

/// `/api/v1/usage`: what was taken in and spent, by key and day.
struct UsageRoutes: RouteGroup {
  let context: ServiceContext

  func register(in routes: inout RouteTable) {
    routes.on(
      .get, "/api/v1/usage",
      Operation(
        "listUsage", "Documents, pages, bytes and CPU seconds by key and day, the newest first.", tag: "access",
        parameters: [
          .query("from", Self.day, "The first day, UTC; usually 30 days ago."),
          .query("to", Self.day, "The last day, UTC; usually today."),
          .query("key", JSONShape.string, "Only of this key's name; others than admins see their own anyway."),
          .query("limit", JSONShape.integer(1...Self.greatestLimit), "Rows at most."),
          .query("cursor", JSONShape.string, "What next said."),
        ],
        answers: [
          .json(
            200, "The days.",
            JSONShape.object(["usage": JSONShape.array(of: Self.schema)], optional: ["next": JSONShape.string]))
        ], problems: [.invalidParameter, .starting])
    ) { try await list($0) }
  }

  private func list(_ request: Request) async throws -> Response {
    let last = try day(request, "to") ?? MomentText.day(context.clock.now)
    let first = try day(request, "from") ?? MomentText.day(context.clock.now - Self.usualDays * 86_400)
    let limit = try limit(request)
    // One more than asked for tells whether there are more.
    let rows = try await context.engine.accounts.usage(
      owner: Principal.current.visibleOwner ?? request.query("key"), from: first, to: last, after: try place(request),
      limit: limit + 1)
    let page = rows.prefix(limit)
    var answer: [String: JSONValue] = ["usage": .array(page.map(Self.json))]
    if rows.count > limit, let end = page.last { answer["next"] = .string("\(end.day),\(end.owner)") }
    return try .json(.object(answer))
  }

  private static func json(_ record: UsageRecord) -> JSONValue {
    [
      "key": .string(record.owner), "day": .string(record.day), "documents": .integer(Int64(record.documents)),
      "pages": .integer(Int64(record.pages)), "bytes": .integer(record.bytes),
      "cpu_seconds": .number(record.cpuSeconds),
    ]
  }

  private func day(_ request: Request, _ name: String) throws(Problem) -> String? {
    guard let text = request.query(name) else { return nil }
    guard MomentText.isDay(text) else { throw Problem(.invalidParameter, "\(name) must be a day: 2026-01-31.") }
    return text
  }

  private func limit(_ request: Request) throws(Problem) -> Int {
    guard let text = request.query("limit") else { return Self.usualLimit }
    guard let limit = Int(text), (1...Self.greatestLimit).contains(limit) else {
      throw Problem(.invalidParameter, "limit must be 1 to \(Self.greatestLimit).")
    }
    return limit
  }

  private func place(_ request: Request) throws(Problem) -> (day: String, owner: String)? {
    guard let text = request.query("cursor") else { return nil }
    let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, MomentText.isDay(parts[0]) else {
      throw Problem(.invalidParameter, "The cursor is not one that this server gave.")
    }
    return (parts[0], parts[1])
  }

  private static let usualDays = 30.0
  private static let usualLimit = 100
  private static let greatestLimit = 200

  private static let day: JSONValue = ["type": "string", "format": "date"]
  private static let schema = JSONShape.object([
    "key": JSONShape.string, "day": day, "documents": JSONShape.integer, "pages": JSONShape.integer,
    "bytes": JSONShape.integer, "cpu_seconds": JSONShape.number,
  ])
}
