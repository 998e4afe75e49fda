/// One message of a WebSocket, whole, inflated, its text proven to be UTF-8.
package enum WebSocketMessage: Sendable, Hashable {
  /// The text's UTF-8.
  case text([UInt8])
  case binary([UInt8])

  package var bytes: [UInt8] {
    switch self {
    case .text(let bytes), .binary(let bytes): bytes
    }
  }

  /// The text of a text message.
  package var text: String? {
    if case .text(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { nil }
  }
}
