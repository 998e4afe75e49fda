import EventLoop

/// One request, as a handler gets it.
package struct Request: Sendable {
  package let head: RequestHead
  /// The target's path and query, decoded once.
  package let target: RequestTarget
  /// What the route's template named, e.g. `id` of `/jobs/{id}`.
  package internal(set) var parameters: [String: String] = [:]
  /// The template of the route that matched.
  package internal(set) var route: String?
  /// The bytes after the head, as they come.
  package let body: RequestBody
  /// The other end of the connection.
  package let peer: SocketAddress
  /// The client's address: the peer's, or what trusted proxies say; nil for a Unix socket.
  package let clientAddress: IPAddress?
  /// What arrived with the connection; same for all of its requests.
  package let connection: EventToken

  package var method: HTTPMethod { head.method }
  package var headers: HeaderFields { head.headers }
  /// The decoded path; `/` where the target was `*`.
  package var path: String { target.path }

  /// The first value of a query item, decoded.
  package func query(_ name: String) -> String? {
    target.query.first { $0.name == name }?.value
  }

  /// What a template's `{name}` matched. The route guarantees it.
  package func parameter(_ name: String) -> String { parameters[name] ?? "" }
}
