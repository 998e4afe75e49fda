import CanonicalJSON
import HTTPServer
import Ledger

/// `/api/v1/keys`: what `sheaf keys` asks of a running server.
struct KeyRoutes: RouteGroup {
  let ring: KeyRing

  func register(in routes: inout RouteTable) {
    routes.on(
      .get, "/api/v1/keys",
      Operation(
        "listKeys", "All keys, revoked ones too, without their secrets.", tag: "access",
        answers: [
          .json(200, "The keys, the oldest first.", JSONShape.object(["keys": JSONShape.array(of: Self.schema)]))
        ])
    ) { _ in try .json(["keys": .array(ring.all.map { .object($0.summary) })]) }
    routes.on(
      .post, "/api/v1/keys",
      Operation(
        "addKey", "Makes a key; its text is told this once.", tag: "access",
        body: .init([("application/json", Self.request)]),
        answers: [.json(201, "The key.", Self.schema)],
        problems: [.unsupportedMediaType, .invalidBody, .invalidRequest]),
      bodyLimit: Self.bodyLimit
    ) { try await add($0) }
    routes.on(
      .delete, "/api/v1/keys/{key}",
      Operation(
        "revokeKey", "Takes a key out of use, by its id; by a name, all keys of that name.", tag: "access",
        answers: [
          .json(200, "The keys.", JSONShape.object(["revoked": JSONShape.array(of: Self.schema)]))
        ], problems: [.keyNotFound])
    ) { try await revoke($0.parameter("key")) }
  }

  private func add(_ request: Request) async throws -> Response {
    let body = try await RequestJSON.object(of: request, upTo: Int(Self.bodyLimit))
    guard let name = body["name"]?.string, let role = KeyRole(rawValue: body["role"]?.string ?? "submit") else {
      throw Problem(.invalidRequest, "A key has a name and a role: read, submit or admin.")
    }
    do {
      let (record, text) = try await ring.add(name: name, role: role, limits: try limits(body))
      return try .json(.object(record.summary.merging(["key": .string(text)]) { $1 }), .created)
    } catch let failure as KeyRingFailure {
      throw Problem(.invalidRequest, failure.description)
    }
  }

  private func limits(_ body: [String: JSONValue]) throws(KeyRingFailure) -> KeyLimits {
    let limits = KeyLimits(
      rate: body["rate"]?.double, burst: body["burst"]?.int, concurrency: body["concurrency"]?.int)
    // What is no number at all must not become the default.
    guard (limits.rate == nil) == (body["rate"] == nil), (limits.burst == nil) == (body["burst"] == nil),
      (limits.concurrency == nil) == (body["concurrency"] == nil)
    else { throw .badLimits }
    return limits
  }

  private func revoke(_ reference: String) async throws -> Response {
    let revoked = try await ring.revoke(reference)
    guard !revoked.isEmpty else { throw Problem(.keyNotFound, "There is no such key, or it is revoked already.") }
    return try .json(["revoked": .array(revoked.map { .object($0.summary) })])
  }

  private static let bodyLimit: Int64 = 4096

  private static let limitSchemas: KeyValuePairs<String, JSONValue> = [
    "rate": ["type": "number", "exclusiveMinimum": 0, "maximum": 1_000_000], "burst": JSONShape.integer(1...1_000_000),
    "concurrency": JSONShape.integer(1...100_000),
  ]
  private static let request = JSONShape.object(
    ["name": ["type": "string", "pattern": "^[A-Za-z0-9._@-]{1,64}$"]],
    optional: [
      "role": JSONShape.choice(KeyRole.allCases.map(\.rawValue)), "rate": limitSchemas[0].value,
      "burst": limitSchemas[1].value, "concurrency": limitSchemas[2].value,
    ])
  private static let schema = JSONShape.object(
    [
      "id": JSONShape.string, "name": JSONShape.string, "role": JSONShape.choice(KeyRole.allCases.map(\.rawValue)),
      "created": JSONShape.time,
    ],
    optional: [
      "key": JSONShape.string, "rate": JSONShape.number, "burst": JSONShape.integer,
      "concurrency": JSONShape.integer, "revoked": JSONShape.time,
    ])
}
