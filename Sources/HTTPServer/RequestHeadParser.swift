/// Finds and reads a request's head in bytes that arrive piece by piece (RFC 9112, 2 to 5).
///
/// Every byte is looked at a bounded number of times, however the input is cut. Where the RFC lets a server be lenient,
/// it is strict, for what two parsers read differently is how requests are smuggled: bare line feeds, folded lines and
/// blanks before a colon are refused.
struct RequestHeadParser {
  struct Limits {
    var head: Int
    var target: Int
    var fields: Int
  }

  /// Empty lines before a request.
  private static let mostEmptyLines = 4

  /// How far an unfinished head was searched for its end.
  private var searched = 0

  /// - Parameter input: everything since the last head or body; the same bytes and more with each call.
  /// - Returns: the head and the number of bytes it took; nil while its end is not there.
  mutating func parse(_ input: Span<UInt8>, _ limits: Limits) throws(HTTPFailure) -> (head: RequestHead, length: Int)? {
    // An empty line before a request is a remnant of an old client's body (RFC 9112, 2.2).
    var start = 0
    while start + 1 < input.count, input[start] == cr, input[start + 1] == lf {
      start += 2
      // Some may be; they are kept and looked at again with every piece, so they must stay few.
      guard start <= 2 * Self.mostEmptyLines else { throw .badRequest("A request begins with its line.") }
    }
    guard let end = try findEnd(input, start) else {
      try refuseEarly(input, start, limits)
      return nil
    }
    searched = 0
    guard end - start <= limits.head else { throw tooLarge(input, start, limits) }
    return (try Self.read(input.extracting(start..<end), limits), end)
  }

  /// The index after the empty line that ends the head.
  private mutating func findEnd(_ input: Span<UInt8>, _ start: Int) throws(HTTPFailure) -> Int? {
    var index = max(searched, start)
    while index < input.count {
      if input[index] == lf {
        guard index > start, input[index - 1] == cr else { throw .badRequest("A line ends without a carriage return.") }
        if index >= start + 3, input[index - 2] == lf { return index + 1 }
      }
      index += 1
    }
    searched = index
    return nil
  }

  /// What can never become a request need not be waited for.
  private func refuseEarly(_ input: Span<UInt8>, _ start: Int, _ limits: Limits) throws(HTTPFailure) {
    guard input.count > start else { return }
    if input.count - start > limits.head { throw tooLarge(input, start, limits) }
    guard ByteClass.isToken(input[start]) || (input[start] == cr && input.count == start + 1) else {
      throw .badRequest("This is no HTTP request.")
    }
  }

  private func tooLarge(_ input: Span<UInt8>, _ start: Int, _ limits: Limits) -> HTTPFailure {
    var index = start
    while index < input.count, index - start <= limits.target + 32 {
      if input[index] == lf { return .headTooLarge }
      index += 1
    }
    return .uriTooLong
  }

  /// Reads a head that is there as a whole, with the empty line at its end.
  private static func read(_ head: Span<UInt8>, _ limits: Limits) throws(HTTPFailure) -> RequestHead {
    var cursor = 0
    let (method, target, version) = try readRequestLine(head, &cursor, limits)
    let headers = try readFields(head, &cursor, fieldLimit: limits.fields)
    return RequestHead(method: method, target: target, version: version, headers: headers)
  }

  private static func readRequestLine(
    _ head: Span<UInt8>, _ cursor: inout Int, _ limits: Limits
  ) throws(HTTPFailure) -> (HTTPMethod, String, HTTPVersion) {
    let methodStart = cursor
    while ByteClass.isToken(head[cursor]) { cursor += 1 }
    let method = methodStart..<cursor
    guard !method.isEmpty, method.count <= 32, head[cursor] == blank else {
      throw .badRequest("The request line has no method.")
    }
    cursor += 1
    let targetStart = cursor
    while ByteClass.isTarget(head[cursor]) { cursor += 1 }
    let target = targetStart..<cursor
    if target.count > limits.target { throw .uriTooLong }
    guard !target.isEmpty, head[cursor] == blank else { throw .badRequest("The request line has no proper target.") }
    cursor += 1
    let version = try readVersion(head, &cursor)
    guard head[cursor] == cr, head[cursor + 1] == lf else {
      throw .badRequest("The request line has more than three parts.")
    }
    cursor += 2
    return (HTTPMethod(rawValue: text(head, method)), text(head, target), version)
  }

  private static func readVersion(_ head: Span<UInt8>, _ cursor: inout Int) throws(HTTPFailure) -> HTTPVersion {
    let prefix: StaticString = "HTTP/"
    // The head's last four bytes are line ends, so that a comparison that fails on a letter never runs beyond them.
    for offset in 0..<5 {
      guard head[cursor + offset] == prefix.utf8Start[offset] else {
        throw .badRequest("The request line does not end with a version.")
      }
    }
    cursor += 5
    let versionStart = cursor
    while head[cursor] != cr, cursor - versionStart < 4 { cursor += 1 }
    switch text(head, versionStart..<cursor) {
    case "1.1": return .http11
    case "1.0": return .http10
    case let other where other.utf8.count == 3 && !other.utf8.contains(blank):
      throw HTTPFailure(.versionNotSupported, "version_not_supported", "This server speaks HTTP/1.1.")
    default: throw .badRequest("The request line does not end with a version.")
    }
  }

  /// Reads fields up to the empty line; `cursor` is at the first.
  static func readFields(
    _ head: Span<UInt8>, _ cursor: inout Int, fieldLimit: Int
  ) throws(HTTPFailure) -> HeaderFields {
    var fields = HeaderFields(over: head.withUnsafeBufferPointer { Array($0) })
    while head[cursor] != cr {
      if fields.count >= fieldLimit { throw .tooManyFields }
      let nameStart = cursor
      while ByteClass.isToken(head[cursor]) { cursor += 1 }
      let name = nameStart..<cursor
      guard !name.isEmpty, head[cursor] == UInt8(ascii: ":") else {
        throw .badRequest("A header field has no proper name.")
      }
      cursor += 1
      while ByteClass.isBlank(head[cursor]) { cursor += 1 }
      let valueStart = cursor
      while ByteClass.isFieldContent(head[cursor]) { cursor += 1 }
      guard head[cursor] == cr, head[cursor + 1] == lf else {
        throw .badRequest("A header field holds a control character.")
      }
      var valueEnd = cursor
      while valueEnd > valueStart, ByteClass.isBlank(head[valueEnd - 1]) { valueEnd -= 1 }
      fields.add(name: name, value: valueStart..<valueEnd)
      cursor += 2
    }
    guard head[cursor + 1] == lf else { throw .badRequest("A line ends without a line feed.") }
    return fields
  }

  static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    bytes.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}

let cr: UInt8 = 13
let lf: UInt8 = 10
private let blank: UInt8 = 32
