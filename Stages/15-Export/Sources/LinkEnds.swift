import DocumentModel

/// Where links begin and end: the marks of the sentence around a link are none of it.
///
/// A link's box is drawn around whole words, so that a full stop or a bracket behind an address counts with it.
enum LinkEnds {
  static func trimmed(_ runs: [InlineRun]) -> [InlineRun] {
    guard runs.contains(where: { $0.link != nil }) else { return runs }
    var output: [InlineRun] = []
    var index = 0
    while index < runs.count {
      var end = index + 1
      if let link = runs[index].link, !link.hasPrefix("#") {
        while end < runs.count, runs[end].link == link { end += 1 }
        output += trimmed(runs[index..<end], link)
      } else {
        output.append(runs[index])
      }
      index = end
    }
    return output
  }

  private static func trimmed(_ runs: ArraySlice<InlineRun>, _ link: String) -> [InlineRun] {
    let text = Array(runs.lazy.map(\.text.string.utf8).joined())
    let target = link.utf8.last
    var (first, last) = (0, text.count)
    // An address that a line's end divides ends in a colon of its own.
    if text.isEmpty || text.elementsEqual("http:".utf8) || text.elementsEqual("https:".utf8) { return Array(runs) }
    // How many more of each bracket close than open: those close none of the text's own.
    var loose = brackets.mapValues { _ in 0 }
    for byte in text {
      for (close, open) in brackets where byte == close || byte == open { loose[close]? += byte == close ? 1 : -1 }
    }
    while last > first, let mark = text[..<last].last, mark != target,
      ends.contains(mark) || loose[mark, default: 0] > 0
    {
      loose[mark]? -= 1
      last -= 1
    }
    // "<https://example.org>", "(example.org)": the brackets stand around the address.
    let inner = text[first..<last].dropFirst().dropLast()
    if let open = brackets[text[last > 0 ? last - 1 : 0]], text[first] == open, !inner.isEmpty,
      !inner.contains(where: { $0 == open || $0 == UInt8(ascii: " ") })
    {
      (first, last) = (inner.startIndex, inner.endIndex)
    }
    guard first < last, first > 0 || last < text.count else { return Array(runs) }
    var output: [InlineRun] = []
    var offset = 0
    for run in runs {
      let length = run.text.utf8Count
      let cuts = [0, min(max(first - offset, 0), length), min(max(last - offset, 0), length), length]
      for (part, range) in zip(cuts, cuts.dropFirst()).map({ $0..<$1 }).enumerated() where !range.isEmpty {
        let text = run.text.slice(range)
        output.append(
          part == 1 ? InlineRun(text, style: run.style, link: run.link, note: run.note) : InlineRun(text))
      }
      offset += length
    }
    return output
  }

  private static let ends = Set(".,;: ".utf8)
  private static let brackets: [UInt8: UInt8] = [
    UInt8(ascii: ")"): UInt8(ascii: "("), UInt8(ascii: "]"): UInt8(ascii: "["), UInt8(ascii: ">"): UInt8(ascii: "<"),
  ]
}
