/// Pages in few words: `1-4,9`.
package enum PageSpans {
  /// - Parameter pages: ascending, without repetition.
  package static func text(_ pages: [Int]) -> String {
    var spans: [(first: Int, last: Int)] = []
    for page in pages {
      if let last = spans.last?.last, last + 1 == page {
        spans[spans.count - 1].last = page
      } else {
        spans.append((page, page))
      }
    }
    return spans.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }.joined(separator: ",")
  }
}
