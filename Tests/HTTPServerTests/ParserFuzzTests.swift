import TestSupport
import Testing

@testable import HTTPServer

@Suite("Fuzzed: what comes over a socket")
struct ParserFuzzTests {
  private static let heads = [
    "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "POST /api/v1/documents?formats=md%2Ctxt HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\nExpect: 100-continue\r\n\r\n",
    "\r\n\r\nPUT /a/../b HTTP/1.0\r\nHost: a:8080\r\nTransfer-Encoding: chunked\r\nCookie: a=b; c=d\r\n\r\nrest",
  ].map { Array($0.utf8) }

  @Test("a request's head is read or refused alike, however it is cut")
  func heads() {
    let limits = RequestHeadParser.Limits(head: 2_000, target: 400, fields: 20)
    func outcome(_ pieces: [ArraySlice<UInt8>]) -> String {
      var parser = RequestHeadParser()
      var seen: [UInt8] = []
      do throws(HTTPFailure) {
        for piece in pieces {
          seen += piece
          if let (head, length) = try parser.parse(seen.span, limits) {
            return "\(head.method) \(head.target) \(length)"
          }
        }
        return "more"
      } catch { return "refused" }
    }
    for seed in ByteMutation.seeds {
      var mutation = ByteMutation(seed: seed)
      let bytes = mutation.mutate(Self.heads)
      #expect(outcome([bytes[...]]) == outcome(mutation.pieces(of: bytes)), "seed \(seed)")
    }
  }

  @Test("a chunked body gives the same content or is refused, however it is cut")
  func chunks() {
    let samples = ["5\r\nhello\r\n0\r\n\r\n", "a;x=y\r\n0123456789\r\n1\r\nz\r\n0\r\nTrailer: 1\r\n\r\n"].map {
      Array($0.utf8)
    }
    func outcome(_ pieces: [ArraySlice<UInt8>]) -> [UInt8]? {
      var decoder = ChunkedDecoder()
      var content: [UInt8] = []
      for piece in pieces.map(Array.init) {
        var cursor = 0
        while cursor < piece.count {
          let start = cursor
          guard let output = try? decoder.next(piece.span, &cursor) else { return nil }
          switch output {
          case .content(let range): content += piece[range]
          case .needsMore: break
          case .finished: return content
          }
          // Each step reads something, or nothing is left to be read.
          #expect(cursor > start)
          guard cursor > start else { return nil }
        }
      }
      return content
    }
    for seed in ByteMutation.seeds {
      var mutation = ByteMutation(seed: seed)
      let bytes = mutation.mutate(samples)
      #expect(outcome([bytes[...]]) == outcome(mutation.pieces(of: bytes)), "seed \(seed)")
    }
  }

  @Test("WebSocket frames give the same events or close the connection, however they are cut")
  func frames() {
    let samples = [
      WebSocketFrame.encodeMasked(
        .text, Array("{\"subscribe\":{\"jobs\":\"*\"}}".utf8), compressed: false, key: 0x1234_5678),
      WebSocketFrame.encodeMasked(.binary, Array(repeating: 3, count: 300), compressed: false, key: 7),
      WebSocketFrame.encodeMasked(.ping, [1, 2, 3], compressed: false, key: 0),
      WebSocketFrame.encodeMasked(.close, [3, 232, 98], compressed: false, key: 9),
    ]
    func outcome(_ pieces: [ArraySlice<UInt8>]) -> [String] {
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
    for seed in ByteMutation.seeds {
      var mutation = ByteMutation(seed: seed)
      let bytes = mutation.mutate(samples)
      #expect(outcome([bytes[...]]) == outcome(mutation.pieces(of: bytes)), "seed \(seed)")
    }
  }
}
