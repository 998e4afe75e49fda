/// Answers a request.
package typealias Handler = @Sendable (Request) async throws -> Response

/// Stands before every handler: may answer itself, or call the handler and change what it answers.
package typealias Middleware = @Sendable (Request, _ next: @escaping Handler) async throws -> Response

/// Which handler answers what. Built once, then given to a server.
///
/// A template's segments are texts, `{name}` for any one segment, or, at the end, `{name...}` for all the rest. A text
/// goes before a name, and a name before the rest. `HEAD` is answered by `GET`'s handler, `OPTIONS` by `Allow`.
package struct Router: Sendable {
  private struct Node {
    var texts: [String: Node] = [:]
    /// The name and the node below `{name}`; boxed, since a node holds nodes.
    var named: [Node] = []
    var routes: [HTTPMethod: (route: Route, names: [String])] = [:]
    var rest: [HTTPMethod: (route: Route, names: [String])] = [:]
  }

  /// What was found for a request.
  enum Match {
    case route(Route, parameters: [String: String])
    /// The path is known but not with this method.
    case otherMethods([HTTPMethod])
    case nothing
  }

  private var root = Node()
  private var middleware: [Middleware] = []

  package init() {}

  /// Puts a middleware behind those that are there. It stands before all routes, also those added earlier, and before
  /// the answers 404 and 405.
  package mutating func use(_ middleware: @escaping Middleware) {
    self.middleware.append(middleware)
  }

  /// Has `handler` answer a template. A later route of the same template and method replaces the earlier.
  ///
  /// - Parameter bodyLimit: bytes of body that this route takes; nil leaves the server's limit.
  package mutating func on(
    _ method: HTTPMethod, _ template: String, bodyLimit: Int64? = nil, _ handler: @escaping Handler
  ) {
    let route = Route(template: template, bodyLimit: bodyLimit, handler: handler)
    let segments = template.utf8.drop { $0 == UInt8(ascii: "/") }
      .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { String(Substring($0)) }
    Self.insert(route, method, segments[...].isEmpty ? [""] : segments[...], [], &root)
  }

  private static func insert(
    _ route: Route, _ method: HTTPMethod, _ segments: ArraySlice<String>, _ names: [String], _ node: inout Node
  ) {
    guard let segment = segments.first else {
      node.routes[method] = (route, names)
      return
    }
    let rest = segments.dropFirst()
    if segment.hasPrefix("{"), segment.hasSuffix("...}") {
      precondition(rest.isEmpty, "{name...} must be the last segment of a template")
      node.rest[method] = (route, names + [String(segment.dropFirst().dropLast(4))])
    } else if segment.hasPrefix("{"), segment.hasSuffix("}") {
      if node.named.isEmpty { node.named.append(Node()) }
      insert(route, method, rest, names + [String(segment.dropFirst().dropLast())], &node.named[0])
    } else {
      insert(route, method, rest, names, &node.texts[segment, default: Node()])
    }
  }

  /// Handles a request as the routes say, behind the middleware.
  func answer(_ request: Request, _ match: Match) async throws -> Response {
    let handler: Handler =
      switch match {
      case .route(let route, _): route.handler
      case .otherMethods(let methods): { request in try Self.answerOtherMethod(request, methods) }
      case .nothing: { _ in throw HTTPFailure(.notFound, "not_found", "There is nothing at this path.") }
      }
    return try await run(request, middleware[...], handler)
  }

  private func run(
    _ request: Request, _ rest: ArraySlice<Middleware>, _ handler: @escaping Handler
  ) async throws -> Response {
    guard let first = rest.first else { return try await handler(request) }
    return try await first(request) { request in try await run(request, rest.dropFirst(), handler) }
  }

  private static func answerOtherMethod(_ request: Request, _ methods: [HTTPMethod]) throws -> Response {
    var allowed = Set(methods.map(\.rawValue))
    if allowed.contains("GET") { allowed.insert("HEAD") }
    allowed.insert("OPTIONS")
    let headers: HeaderFields = ["Allow": allowed.sorted().joined(separator: ", ")]
    if request.method == .options { return Response(.noContent, headers: headers) }
    throw HTTPFailure(
      .methodNotAllowed, "method_not_allowed", "This path does not answer \(request.method).", headers: headers)
  }

  func match(_ method: HTTPMethod, _ target: RequestTarget) -> Match {
    var values: [String] = []
    var others: Set<HTTPMethod> = []
    if let (route, names) = Self.find(method, target.segments[...], root, &values, &others) {
      return .route(route, parameters: Dictionary(zip(names, values)) { _, last in last })
    }
    return others.isEmpty ? .nothing : .otherMethods(others.sorted { $0.rawValue < $1.rawValue })
  }

  private static func find(
    _ method: HTTPMethod, _ segments: ArraySlice<String>, _ node: Node, _ values: inout [String],
    _ others: inout Set<HTTPMethod>
  ) -> (Route, [String])? {
    guard let segment = segments.first else { return pick(method, node.routes, &others) }
    if let next = node.texts[segment],
      let found = find(method, segments.dropFirst(), next, &values, &others)
    {
      return found
    }
    if let next = node.named.first, !segment.isEmpty {
      values.append(segment)
      if let found = find(method, segments.dropFirst(), next, &values, &others) { return found }
      values.removeLast()
    }
    guard let found = pick(method, node.rest, &others) else { return nil }
    values.append(segments.joined(separator: "/"))
    return found
  }

  private static func pick(
    _ method: HTTPMethod, _ routes: [HTTPMethod: (route: Route, names: [String])], _ others: inout Set<HTTPMethod>
  ) -> (Route, [String])? {
    if let found = routes[method] ?? (method == .head ? routes[.get] : nil) { return (found.route, found.names) }
    others.formUnion(routes.keys)
    return nil
  }
}
