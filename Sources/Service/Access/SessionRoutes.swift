import CanonicalJSON
import EventLoop
import HTTPServer
import Ledger

/// `/api/v1/session`: a key becomes a cookie for the viewer. `/api/v1/tickets`: the right to open one WebSocket.
struct SessionRoutes: RouteGroup {
  let access: AccessControl

  func register(in routes: inout RouteTable) {
    routes.on(
      .get, "/api/v1/session",
      Operation(
        "getSession", "Whether the server asks for keys, and whose key the caller has.", tag: "access",
        answers: [.json(200, "Who the caller is.", Self.schema)], problems: Self.problems),
      runs: .loop
    ) { try show($0) }
    routes.on(
      .post, "/api/v1/session",
      Operation(
        "beginSession", "Turns a key into a cookie for the viewer.", tag: "access",
        body: .init(
          [("application/json", JSONShape.object(["key": JSONShape.string]))], required: false),
        answers: [
          .json(200, "No keys are asked for.", Self.schema), .json(201, "The cookie is set.", Self.schema),
        ], problems: Self.problems + [.unsupportedMediaType, .invalidBody]),
      bodyLimit: Self.bodyLimit, runs: .loop
    ) { try await begin($0) }
    routes.on(
      .delete, "/api/v1/session",
      Operation(
        "endSession", "Ends the viewer's session.", tag: "access", answers: [.init(204, "It is ended.")]),
      runs: .loop
    ) { end($0) }
    routes.on(
      .post, "/api/v1/tickets",
      Operation(
        "issueTicket", "Gives the right to open one WebSocket, soon: /api/v1/progress?ticket=….", tag: "access",
        answers: [
          .json(
            201, "The ticket, good once.",
            JSONShape.object(["ticket": JSONShape.string, "expires_in": JSONShape.integer]))
        ]),
      bodyLimit: Self.bodyLimit, runs: .loop
    ) { _ in try issueTicket() }
  }

  /// What the viewer asks first: whether it needs a key, and whose it has.
  private func show(_ request: Request) throws -> Response {
    guard access.asksForKeys else { return try .json(Self.open) }
    return try .json(Self.json(try access.identify(request).0))
  }

  private func begin(_ request: Request) async throws -> Response {
    guard access.asksForKeys else { return try .json(Self.open) }
    let text: String
    if let given = Credentials.key(in: request) {
      text = given
    } else {
      guard let given = try await RequestJSON.object(of: request, upTo: Int(Self.bodyLimit))["key"]?.string else {
        throw Problem(.invalidBody, "The body must be {\"key\": …}.")
      }
      text = given
    }
    guard let key = try access.ring.find(text) else { throw access.refusal(of: request) }
    var response = try Response.json(Self.json(Principal(key)), .created)
    response.headers.add("Set-Cookie", access.cookie.field(access.sessions.issue(for: key.id), for: request))
    return response
  }

  private func end(_ request: Request) -> Response {
    for value in access.cookie.values(in: request) { access.sessions.end(value) }
    return Response(.noContent, headers: ["Set-Cookie": access.cookie.field(nil, for: request)])
  }

  private func issueTicket() throws -> Response {
    try .json(
      [
        "ticket": .string(access.tickets.issue(for: Principal.current.keyID)),
        "expires_in": .integer(Int64(access.configuration.ticketTime.inSeconds)),
      ], .created)
  }

  private static let open: JSONValue = ["authentication": false, "name": "", "role": "admin"]

  private static func json(_ principal: Principal) -> JSONValue {
    ["authentication": true, "name": .string(principal.name), "role": .string(principal.role.rawValue)]
  }

  private static let schema = JSONShape.object([
    "authentication": JSONShape.boolean, "name": JSONShape.string,
    "role": JSONShape.choice(KeyRole.allCases.map(\.rawValue)),
  ])

  private static let problems: [ProblemCode] = [
    .unauthorized, .invalidKey, .originNotAllowed, .tooManyAttempts, .starting,
  ]

  /// Bytes; a key has 69.
  private static let bodyLimit: Int64 = 4096
}
