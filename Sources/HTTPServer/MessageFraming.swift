/// How long a request's body is, and whether the connection goes on after it (RFC 9112, 6 and 9.3).
struct MessageFraming: Hashable {
  enum Body: Hashable {
    case none
    case length(Int64)
    case chunked
  }

  let body: Body
  let keepsAlive: Bool
  let expectsContinue: Bool

  /// - Throws: 400 or 501 for whatever two parsers might read differently; the connection cannot go on then.
  init(_ head: RequestHead) throws(HTTPFailure) {
    let headers = head.headers
    let isHTTP11 = head.version == .http11
    try Self.checkHost(head)

    let codings = headers.values("Transfer-Encoding")
    let lengths = headers.values("Content-Length")
    if !codings.isEmpty {
      guard lengths.isEmpty else { throw .badRequest("Both Content-Length and Transfer-Encoding are there.") }
      guard isHTTP11 else { throw .badRequest("HTTP/1.0 has no Transfer-Encoding.") }
      guard codings.count == 1 else { throw .badRequest("There is more than one Transfer-Encoding.") }
      guard codings[0].utf8.equalsIgnoringCase("chunked".utf8) else {
        throw HTTPFailure(.notImplemented, "coding_not_implemented", "The only Transfer-Encoding here is chunked.")
      }
      body = .chunked
    } else if let first = lengths.first {
      guard let length = Self.length(first), lengths.dropFirst().allSatisfy({ $0 == first }) else {
        throw .badRequest("Content-Length is no single number.")
      }
      body = length == 0 ? .none : .length(length)
    } else {
      body = .none
    }

    if headers.hasMember("Connection", "close") {
      keepsAlive = false
    } else {
      keepsAlive = isHTTP11 || headers.hasMember("Connection", "keep-alive")
    }

    let expectations = headers.values("Expect")
    if expectations.isEmpty {
      expectsContinue = false
    } else {
      guard expectations.allSatisfy({ $0.utf8.equalsIgnoringCase("100-continue".utf8) }) else {
        throw HTTPFailure(.expectationFailed, "expectation_failed", "The only expectation here is 100-continue.")
      }
      // A client of HTTP/1.0 does not know interim responses (RFC 9110, 10.1.1).
      expectsContinue = isHTTP11 && body != .none
    }
  }

  /// Digits only, fewer than overflow: `+5`, `0x5`, `5, 5` and blanks are all refused.
  private static func length(_ text: String) -> Int64? {
    guard (1...18).contains(text.utf8.count),
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return Int64(text)
  }

  /// `Host` is there exactly once, at most once in HTTP/1.0 (RFC 9112, 3.2).
  private static func checkHost(_ head: RequestHead) throws(HTTPFailure) {
    let hosts = head.headers.values("Host")
    guard hosts.count == 1 || (hosts.isEmpty && head.version == .http10) else {
      throw .badRequest("The Host header must be there once.")
    }
    guard hosts.allSatisfy({ !$0.utf8.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: ",") }) }) else {
      throw .badRequest("The Host header is no host.")
    }
  }
}
