/// Pages picked by a person: `1-5,9`, `3-`; from 1, ascending, without repetition.
package struct PageSelection: Codable, Sendable, Hashable, CustomStringConvertible {
  package struct Span: Codable, Sendable, Hashable {
    package let first: Int
    /// Nil for "to the end".
    package let last: Int?
  }

  /// Ascending, not overlapping.
  package let spans: [Span]

  /// - Returns: nil where the text is no page list.
  package init?(_ text: String) {
    var spans: [Span] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        .map { $0.trimmingSpaces() }
      guard let first = Int(ends[0]), first > 0 else { return nil }
      if ends.count == 1 {
        spans.append(Span(first: first, last: first))
      } else if ends[1].isEmpty {
        spans.append(Span(first: first, last: nil))
      } else {
        guard let last = Int(ends[1]), last >= first else { return nil }
        spans.append(Span(first: first, last: last))
      }
    }
    guard !spans.isEmpty else { return nil }
    self.spans = Self.merged(spans)
  }

  /// From a job's settings, which another machine may have written.
  package init(from decoder: any Decoder) throws {
    let spans = try decoder.container(keyedBy: CodingKeys.self).decode([Span].self, forKey: .spans)
    guard !spans.isEmpty, spans.allSatisfy({ $0.first > 0 && $0.last ?? .max >= $0.first }) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "pages count from 1, and spans ascend"))
    }
    self.spans = Self.merged(spans)
  }

  /// The picked pages of a document, ascending.
  package func pages(of count: Int) -> [Int] {
    spans.flatMap { span -> [Int] in
      let last = min(span.last ?? count, count)
      return span.first <= last ? Array(span.first...last) : []
    }
  }

  package var description: String {
    spans.map { span in
      guard let last = span.last else { return "\(span.first)-" }
      return last == span.first ? "\(span.first)" : "\(span.first)-\(last)"
    }.joined(separator: ",")
  }

  private static func merged(_ spans: [Span]) -> [Span] {
    var result: [Span] = []
    for span in spans.sorted(by: { ($0.first, $0.last ?? .max) < ($1.first, $1.last ?? .max) }) {
      guard let previous = result.last, span.first - 1 <= previous.last ?? .max else {
        result.append(span)
        continue
      }
      let last: Int? = if let a = previous.last, let b = span.last { max(a, b) } else { nil }
      result[result.count - 1] = Span(first: previous.first, last: last)
    }
    return result
  }
}

extension Substring {
  fileprivate func trimmingSpaces() -> Substring {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}
