/// What a `Range` header means for content of a known size (RFC 9110, 14.1.2).
enum ByteRange: Hashable {
  /// It is no range that this server serves, so it is as if it was not there.
  case whole
  case part(Range<Int64>)
  case unsatisfiable

  /// Reads `bytes=first-last`, `bytes=first-` or `bytes=-length`; several ranges are answered with the whole.
  static func read(_ header: String, size: Int64) -> ByteRange {
    let unit = "bytes="
    guard header.utf8.prefix(unit.utf8.count).equalsIgnoringCase(unit.utf8) else { return .whole }
    let sides = header.dropFirst(unit.count).split(separator: "-", omittingEmptySubsequences: false)
      .map(\.trimmingBlanks)
    guard sides.count == 2 else { return .whole }
    if sides[0].isEmpty {
      guard let length = number(sides[1]) else { return .whole }
      guard length > 0, size > 0 else { return .unsatisfiable }
      return .part(max(0, size - length)..<size)
    }
    guard let first = number(sides[0]) else { return .whole }
    var last = size - 1
    if !sides[1].isEmpty {
      guard let given = number(sides[1]), given >= first else { return .whole }
      last = min(last, given)
    }
    return first < size ? .part(first..<last + 1) : .unsatisfiable
  }

  /// Digits only. A number beyond any file is the largest there is.
  private static func number(_ text: Substring) -> Int64? {
    guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return nil
    }
    return Int64(text) ?? .max
  }
}
