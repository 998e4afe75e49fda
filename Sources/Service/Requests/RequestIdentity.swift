import HTTPServer
import StageKit

/// What a request is called in answers and logs, and the trace that it belongs to.
package struct RequestIdentity: Sendable, Hashable {
  /// The client's `X-Request-ID` if it is well formed, else a new one.
  package let id: String
  /// The client's trace with a span of our own, or a new trace.
  package let trace: TraceContext

  /// The request that the current task answers.
  @TaskLocal package static var current: RequestIdentity?

  package init(id: String = RandomHex.text(digits: 32), trace: TraceContext = TraceContext()) {
    self.id = id
    self.trace = trace
  }

  package init(_ headers: HeaderFields) {
    let given = headers["X-Request-ID"].flatMap { Self.isWellFormed($0) ? $0 : nil }
    let trace = headers["traceparent"].flatMap { TraceContext($0) }
    self.init(id: given ?? RandomHex.text(digits: 32), trace: trace?.child() ?? TraceContext())
  }

  /// Characters of an id: long enough for a UUID with a prefix, short enough for every log line.
  private static let longest = 128

  private static func isWellFormed(_ text: String) -> Bool {
    (1...longest).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
          UInt8(ascii: ":"):
          true
        default: false
        }
      }
  }
}
