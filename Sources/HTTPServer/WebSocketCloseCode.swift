/// Why a WebSocket is closed (RFC 6455, 7.4).
package struct WebSocketCloseCode: RawRepresentable, Hashable, Sendable, ExpressibleByIntegerLiteral {
  package let rawValue: UInt16

  package init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  package init(integerLiteral value: UInt16) {
    rawValue = value
  }

  package static let normal: WebSocketCloseCode = 1000
  package static let goingAway: WebSocketCloseCode = 1001
  package static let protocolError: WebSocketCloseCode = 1002
  package static let unsupportedData: WebSocketCloseCode = 1003
  /// Not sent: the close frame had no code.
  package static let none: WebSocketCloseCode = 1005
  /// Not sent: the connection broke without a close frame.
  package static let abnormal: WebSocketCloseCode = 1006
  package static let invalidPayload: WebSocketCloseCode = 1007
  package static let policyViolation: WebSocketCloseCode = 1008
  package static let messageTooBig: WebSocketCloseCode = 1009
  package static let internalError: WebSocketCloseCode = 1011
  package static let tryAgainLater: WebSocketCloseCode = 1013

  /// Whether it may stand in a close frame (RFC 6455, 7.4; IANA's registry up to 1014).
  var maySend: Bool {
    switch rawValue {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }
}
