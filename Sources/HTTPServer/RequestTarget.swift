/// A request's target (RFC 9112, 3.2), split and decoded once.
package struct RequestTarget: Sendable, Hashable {
  package struct QueryItem: Sendable, Hashable {
    package let name: String
    package let value: String
  }

  /// The path's segments, each decoded on its own: a `%2F` within stays within.
  package let segments: [String]
  /// As it was sent, without the query.
  package let rawPath: String
  package let rawQuery: String?
  /// The authority of an absolute target (`http://host/path`), which overrides `Host`.
  package let authority: String?

  package init(_ target: String) throws(HTTPFailure) {
    var rest = target[...]
    var authority: String?
    if let scheme = rest.range(ofScheme: ["http://", "https://"]) {
      rest = rest[scheme...]
      let end = rest.utf8.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
      authority = String(rest[..<end])
      rest = rest[end...]
    } else if rest == "*" {
      rest = ""
    } else if !rest.utf8.starts(with: [UInt8(ascii: "/")]) {
      throw .badRequest("The request's target must begin with a slash.")
    }
    let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?"))
    let path = rest[..<(mark ?? rest.endIndex)]
    rawPath = path.isEmpty ? "/" : String(path)
    rawQuery = mark.map { String(rest[rest.utf8.index(after: $0)...]) }
    self.authority = authority
    segments = try rawPath.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { (segment) throws(HTTPFailure) -> String in
        guard let decoded = PercentCoding.decode(segment) else {
          throw .badRequest("The request's path is not properly encoded.")
        }
        return decoded
      }
  }

  /// The decoded path.
  package var path: String { "/" + segments.joined(separator: "/") }

  /// The query's items in order; `+` is a blank. What is not properly encoded is left as it is.
  package var query: [QueryItem] {
    guard let rawQuery else { return [] }
    return rawQuery.utf8.split(separator: UInt8(ascii: "&")).map { pair in
      let sign = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      return QueryItem(
        name: PercentCoding.decodeForm(pair[..<sign]),
        value: sign == pair.endIndex ? "" : PercentCoding.decodeForm(pair[pair.index(after: sign)...]))
    }
  }
}

extension Substring {
  /// Where the text after one of these schemes begins.
  fileprivate func range(ofScheme schemes: [String]) -> Index? {
    for scheme in schemes where utf8.prefix(scheme.utf8.count).equalsIgnoringCase(scheme.utf8) {
      return utf8.index(startIndex, offsetBy: scheme.utf8.count)
    }
    return nil
  }
}
