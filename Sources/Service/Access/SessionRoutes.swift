import CanonicalJSON
import EventLoop
import HTTPServer
import Ledger

/// `/api/v1/session`: a key becomes a cookie for the viewer. `/api/v1/tickets`: the right to open one WebSocket.
package struct SessionRoutes: Sendable {
  private let access: AccessControl

  package init(_ access: AccessControl) { self.access = access }

  package func register(in router: inout Router) {
    router.on(.get, "/api/v1/session") { try show($0) }
    router.on(.post, "/api/v1/session", bodyLimit: Self.bodyLimit) { try await begin($0) }
    router.on(.delete, "/api/v1/session") { end($0) }
    router.on(.post, "/api/v1/tickets", bodyLimit: Self.bodyLimit) { try issueTicket($0) }
  }

  /// What the viewer asks first: whether it needs a key, and whose it has.
  private func show(_ request: Request) throws -> Response {
    guard access.isRequired else { return try JSONBody.answer(["authentication": false, "role": "admin"]) }
    let caller = try access.identify(request).0
    return try JSONBody.answer([
      "authentication": true, "name": .string(caller.name), "role": .string(caller.role.rawValue),
    ])
  }

  private func begin(_ request: Request) async throws -> Response {
    guard access.isRequired else { return try JSONBody.answer(["authentication": false, "role": "admin"]) }
    let key: String
    if let given = Credentials.key(in: request) {
      key = given
    } else {
      guard let given = try await JSONBody.object(of: request, upTo: Int(Self.bodyLimit))["key"]?.string else {
        throw HTTPFailure(.badRequest, "invalid_request", "The body must be {\"key\": …}.")
      }
      key = given
    }
    guard let record = access.ring.find(key) else { throw access.refusal(of: request) }
    var response = try JSONBody.answer(
      ["authentication": true, "name": .string(record.name), "role": .string(record.role.rawValue)], .created)
    response.headers.add("Set-Cookie", access.cookie.field(access.sessions.issue(for: record.id), for: request))
    response.headers.add("Cache-Control", "no-store")
    return response
  }

  private func end(_ request: Request) -> Response {
    for value in access.cookie.values(in: request) { access.sessions.end(value) }
    return Response(.noContent, headers: ["Set-Cookie": access.cookie.field(nil, for: request)])
  }

  private func issueTicket(_ request: Request) throws -> Response {
    // The middleware has let nobody unknown through.
    guard let caller = Caller.current else { throw AccessFailure.unauthenticated }
    var response = try JSONBody.answer(
      [
        "ticket": .string(access.tickets.issue(for: caller.keyID)),
        "expires_in": .integer(Int64(access.configuration.ticketTime.inSeconds)),
      ], .created)
    response.headers.add("Cache-Control", "no-store")
    return response
  }

  /// Bytes; a key has 69.
  private static let bodyLimit: Int64 = 4096
}
