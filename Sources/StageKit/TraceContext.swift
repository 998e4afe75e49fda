/// A W3C trace context: which trace a request belongs to, and the span that it is in.
///
/// - Source: https://www.w3.org/TR/trace-context/#traceparent-header
package struct TraceContext: Sendable, Hashable, CustomStringConvertible {
  /// 32 lower-case hexadecimal digits, not all zero.
  package let traceID: String
  /// 16 lower-case hexadecimal digits, not all zero.
  package let spanID: String
  package let flags: String

  /// Reads a `traceparent`.
  ///
  /// - Returns: nil where it is none of version 00.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 4, parts[0] == "00", Self.isID(parts[1], digits: 32), Self.isID(parts[2], digits: 16),
      Self.isHex(parts[3], digits: 2)
    else { return nil }
    traceID = parts[1]
    spanID = parts[2]
    flags = parts[3]
  }

  /// Begins a trace.
  package init() {
    traceID = RandomHex.text(digits: 32)
    spanID = RandomHex.text(digits: 16)
    flags = "00"
  }

  private init(traceID: String, spanID: String, flags: String) {
    self.traceID = traceID
    self.spanID = spanID
    self.flags = flags
  }

  /// The same trace with a span of its own: what is handed to the next hop.
  package func child() -> TraceContext {
    TraceContext(traceID: traceID, spanID: RandomHex.text(digits: 16), flags: flags)
  }

  /// `00-<trace>-<span>-<flags>`.
  package var description: String { "00-\(traceID)-\(spanID)-\(flags)" }

  private static func isID(_ text: String, digits: Int) -> Bool {
    isHex(text, digits: digits) && text.utf8.contains { $0 != UInt8(ascii: "0") }
  }

  private static func isHex(_ text: String, digits: Int) -> Bool {
    text.utf8.count == digits
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
  }
}
