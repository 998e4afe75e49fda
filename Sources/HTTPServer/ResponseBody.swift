import EventLoop

/// What follows a response's head.
package enum ResponseBody: Sendable {
  case empty
  case bytes([UInt8])
  /// Bytes that several responses share.
  case shared(SharedBytes)
  /// See `Response.stream`.
  case stream(length: Int64?, @Sendable (ResponseWriter) async throws -> Void)
  /// A stretch of a file, sent with sendfile. See `Response.file`.
  case file(OpenFile, offset: Int64, length: Int64)
  /// See `Response.webSocket`.
  case webSocket(WebSocketUpgrade)

  /// In bytes, if it is known.
  var length: Int64? {
    switch self {
    case .empty: 0
    case .bytes(let bytes): Int64(bytes.count)
    case .shared(let bytes): Int64(bytes.count)
    case .stream(let length, _): length
    case .file(_, _, let length): length
    case .webSocket: 0
    }
  }
}
