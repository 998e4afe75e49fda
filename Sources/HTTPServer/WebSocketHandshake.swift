/// The opening handshake (RFC 6455, 4).
struct WebSocketHandshake {
  let accept: String
  let subprotocol: String?
  let deflate: PermessageDeflate?
  private let extensionAnswer: String?

  /// Whether a request asks for a WebSocket at all.
  static func isAsked(by head: RequestHead) -> Bool {
    head.headers.hasMember("Upgrade", "websocket") && head.headers.hasMember("Connection", "upgrade")
  }

  /// - Throws: 400 or 426 for a request that cannot be upgraded.
  init(answering head: RequestHead, _ upgrade: WebSocketUpgrade) throws(HTTPFailure) {
    guard Self.isAsked(by: head) else {
      throw HTTPFailure(
        .upgradeRequired, "upgrade_required", "This path answers WebSockets only.",
        headers: ["Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"])
    }
    guard head.method == .get, head.version == .http11 else {
      throw .badRequest("A WebSocket begins with GET and HTTP/1.1.")
    }
    guard head.headers.values("Sec-WebSocket-Version") == ["13"] else {
      throw HTTPFailure(
        .upgradeRequired, "upgrade_required", "This server speaks version 13 of WebSocket.",
        headers: ["Sec-WebSocket-Version": "13"])
    }
    let keys = head.headers.values("Sec-WebSocket-Key")
    guard keys.count == 1, Base64.decodedCount(keys[0]) == 16 else {
      throw .badRequest("Sec-WebSocket-Key must be sixteen bytes in Base64.")
    }
    accept = Self.accept(key: keys[0])
    let offered = head.headers.list("Sec-WebSocket-Protocol")
    subprotocol = offered.first { upgrade.subprotocols.contains($0) }
    if upgrade.compression,
      let agreed = PermessageDeflate.accept(offers: head.headers.list("Sec-WebSocket-Extensions"))
    {
      deflate = agreed.terms
      extensionAnswer = agreed.answer
    } else {
      deflate = nil
      extensionAnswer = nil
    }
  }

  /// What proves to the client that the server understood it.
  static func accept(key: String) -> String {
    Base64.encode(SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
  }

  /// Adds the answer's own fields.
  func write(to headers: inout HeaderFields) {
    headers["Upgrade"] = "websocket"
    headers["Connection"] = "Upgrade"
    headers["Sec-WebSocket-Accept"] = accept
    if let subprotocol { headers["Sec-WebSocket-Protocol"] = subprotocol }
    if let extensionAnswer { headers["Sec-WebSocket-Extensions"] = extensionAnswer }
  }
}
