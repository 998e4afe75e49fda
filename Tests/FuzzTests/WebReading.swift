@testable import HTTPServer

/// What comes over a socket.
enum WebReading {
  static func head(_ pieces: [[UInt8]]) -> String {
    let limits = RequestHeadParser.Limits(head: 2_000, target: 400, fields: 20)
    var parser = RequestHeadParser()
    var seen: [UInt8] = []
    do throws(HTTPFailure) {
      for piece in pieces {
        seen += piece
        if let (head, length) = try parser.parse(seen.span, limits) { return "\(head.method) \(head.target) \(length)" }
      }
      return "more"
    } catch { return "refused" }
  }

  static func chunks(_ pieces: [[UInt8]]) throws -> [UInt8]? {
    var decoder = ChunkedDecoder()
    var content: [UInt8] = []
    for piece in pieces {
      var cursor = 0
      while cursor < piece.count {
        let start = cursor
        guard let output = try? decoder.next(piece.span, &cursor) else { return nil }
        switch output {
        case .content(let range): content += piece[range]
        case .needsMore: break
        case .finished: return content
        }
        try BrokenPromise.unless(cursor > start, "a step reads nothing")
      }
    }
    return content
  }

  static func socket(_ pieces: [[UInt8]]) -> [String] {
    var decoder = WebSocketFrameDecoder(isServer: true, messageLimit: 5_000, acceptsCompression: false)
    var events: [String] = []
    var seen: [UInt8] = []
    do throws(WebSocketFailure) {
      for piece in pieces {
        seen += piece
        var cursor = 0
        func inflate(_ bytes: [UInt8], _ limit: Int) throws(WebSocketFailure) -> [UInt8] { bytes }
        while let event = try decoder.next(seen.span, &cursor, inflate: inflate) { events.append("\(event)") }
        seen.removeFirst(cursor)
      }
      return events
    } catch { return events + ["closed"] }
  }

  static let heads = [
    "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "POST /api/v1/documents?formats=md%2Ctxt HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\nExpect: 100-continue\r\n\r\n",
    "\r\n\r\nPUT /a/../b HTTP/1.0\r\nHost: a:8080\r\nTransfer-Encoding: chunked\r\nCookie: a=b; c=d\r\n\r\nrest",
  ].map { Array($0.utf8) }

  static let chunkedBodies = [
    "5\r\nhello\r\n0\r\n\r\n", "a;x=y\r\n0123456789\r\n1\r\nz\r\n0\r\nTrailer: 1\r\n\r\n",
  ].map { Array($0.utf8) }

  static let sockets = [
    WebSocketFrame.encodeMasked(
      .text, Array("{\"subscribe\":{\"jobs\":\"*\"}}".utf8), compressed: false, key: 0x1234_5678),
    WebSocketFrame.encodeMasked(.binary, Array(repeating: 3, count: 300), compressed: false, key: 7),
    WebSocketFrame.encodeMasked(.ping, [1, 2, 3], compressed: false, key: 0),
    WebSocketFrame.encodeMasked(.close, [3, 232, 98], compressed: false, key: 9),
  ]
}
