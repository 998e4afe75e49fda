/// What a handler answers.
package struct Response: Sendable {
  package var status: HTTPStatus
  /// `Content-Length`, `Transfer-Encoding`, `Connection` and `Date` are the server's to set.
  package var headers: HeaderFields
  package var body: ResponseBody

  package init(_ status: HTTPStatus = .ok, headers: HeaderFields = HeaderFields(), body: ResponseBody = .empty) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A text as `text/plain`, or what `type` says.
  package static func text(
    _ text: String, _ status: HTTPStatus = .ok, type: String = "text/plain; charset=utf-8"
  ) -> Response {
    .bytes(Array(text.utf8), status, type: type)
  }

  package static func bytes(_ bytes: [UInt8], _ status: HTTPStatus = .ok, type: String) -> Response {
    Response(status, headers: ["Content-Type": type], body: .bytes(bytes))
  }

  package static func json(_ bytes: [UInt8], _ status: HTTPStatus = .ok) -> Response {
    .bytes(bytes, status, type: "application/json")
  }

  /// A body that `produce` writes piece by piece; it waits whenever the client is slow to take them.
  ///
  /// `produce` runs after the head is sent, in the request's task. When the client goes away, the task is cancelled
  /// and `write` throws. What `produce` throws cuts the connection: the client sees that the body is incomplete.
  ///
  /// - Parameter length: if known, in bytes; else the body is sent in chunks (HTTP/1.0: until the connection's end).
  package static func stream(
    _ status: HTTPStatus = .ok, type: String, length: Int64? = nil,
    _ produce: @escaping @Sendable (ResponseWriter) async throws -> Void
  ) -> Response {
    Response(status, headers: ["Content-Type": type], body: .stream(length: length, produce))
  }

  /// Turns the connection into a WebSocket, if the request asks for one and says everything that is needed; else 400 or
  /// 426.
  ///
  /// - Parameters:
  ///   - subprotocols: those that the handler speaks; the client's first choice among them is taken.
  ///   - compression: whether permessage-deflate is agreed to when offered.
  package static func webSocket(
    subprotocols: [String] = [], compression: Bool = true, limits: WebSocketLimits = WebSocketLimits(),
    _ handler: any WebSocketHandler
  ) -> Response {
    Response(
      101,
      body: .webSocket(
        WebSocketUpgrade(subprotocols: subprotocols, compression: compression, limits: limits, handler: handler)))
  }
}
