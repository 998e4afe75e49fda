/// One request and what became of it.
package struct ExchangeSummary: Sendable {
  package let method: HTTPMethod
  /// The template of the route that answered, e.g. `/jobs/{id}`: a label with few values. Nil where none matched.
  package let route: String?
  /// 499 where the client went away before the response.
  package let status: HTTPStatus
  /// From the parsed head to the last byte handed to the socket.
  package let duration: Duration
  /// Bytes of the body that arrived.
  package let bytesReceived: Int64
  /// Bytes of head and body that the socket took.
  package let bytesSent: Int64
}
