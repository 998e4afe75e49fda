/// Reads the head of an answer (RFC 9112, 4).
struct ResponseHeadParser {
  struct Head {
    let status: HTTPStatus
    let version: HTTPVersion
    let headers: HeaderFields
  }

  private var searched = 0

  /// - Returns: the head and the number of bytes it took; nil while its end is not there.
  mutating func parse(_ input: Span<UInt8>, limit: Int) throws(ClientFailure) -> (head: Head, length: Int)? {
    var index = max(searched, 3)
    while index < input.count {
      if input[index] == lf, input[index - 1] == cr, input[index - 2] == lf, input[index - 3] == cr {
        searched = 0
        return (try Self.read(input.extracting(0..<index + 1)), index + 1)
      }
      index += 1
    }
    guard input.count <= limit else { throw .malformedResponse("the head is too large") }
    searched = index
    return nil
  }

  private static func read(_ head: Span<UInt8>) throws(ClientFailure) -> Head {
    // "HTTP/1.1 200" and a line end, at the least.
    guard head.count >= 16 else { throw .malformedResponse("no status line") }
    let version = RequestHeadParser.text(head, 0..<9)
    guard version == "HTTP/1.1 " || version == "HTTP/1.0 ", let code = Int(RequestHeadParser.text(head, 9..<12)),
      (100...999).contains(code)
    else { throw .malformedResponse("no status line") }
    var cursor = 12
    while head[cursor] != lf { cursor += 1 }
    cursor += 1
    do throws(HTTPFailure) {
      // The head ends with an empty line, so that there is a field or the end of them.
      guard cursor < head.count else { throw HTTPFailure.badRequest("The status line is all there is.") }
      let headers = try RequestHeadParser.readFields(head, &cursor, fieldLimit: 1000)
      return Head(
        status: HTTPStatus(rawValue: code), version: version == "HTTP/1.1 " ? .http11 : .http10, headers: headers)
    } catch {
      throw .malformedResponse(error.detail)
    }
  }
}
