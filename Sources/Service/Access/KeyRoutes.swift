import CanonicalJSON
import HTTPServer
import Ledger

/// `/api/v1/keys`: what `sheaf keys` asks of a running server.
package struct KeyRoutes: Sendable {
  private let ring: KeyRing

  package init(_ ring: KeyRing) { self.ring = ring }

  package func register(in router: inout Router) {
    router.on(.get, "/api/v1/keys") { _ in try list() }
    router.on(.post, "/api/v1/keys", bodyLimit: 4096) { try await add($0) }
    router.on(.delete, "/api/v1/keys/{key}") { try await revoke($0.parameter("key")) }
  }

  private func list() throws -> Response {
    try JSONBody.answer(["keys": .array(ring.all.map { .object($0.summary) })])
  }

  private func add(_ request: Request) async throws -> Response {
    let body = try await JSONBody.object(of: request)
    guard let name = body["name"]?.string, let role = KeyRole(rawValue: body["role"]?.string ?? "submit") else {
      throw HTTPFailure(.badRequest, "invalid_request", "A key has a name and a role: read, submit or admin.")
    }
    let limits = KeyLimits(
      rate: body["rate"]?.double, burst: body["burst"]?.int, concurrency: body["concurrency"]?.int)
    do {
      let (record, text) = try await ring.add(name: name, role: role, limits: limits)
      var response = try JSONBody.answer(.object(record.summary.merging(["key": .string(text)]) { $1 }), .created)
      response.headers.add("Cache-Control", "no-store")
      return response
    } catch let failure as KeyRingFailure {
      throw HTTPFailure(.unprocessableContent, "invalid_key", failure.description)
    }
  }

  private func revoke(_ reference: String) async throws -> Response {
    let revoked = try await ring.revoke(reference)
    guard !revoked.isEmpty else {
      throw HTTPFailure(.notFound, "key_not_found", "There is no such key, or it is revoked already.")
    }
    return try JSONBody.answer(["revoked": .array(revoked.map { .object($0.summary) })])
  }
}
