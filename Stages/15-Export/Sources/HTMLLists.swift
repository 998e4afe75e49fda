import Contracts

/// The lists that are open, each with an open item.
struct HTMLLists {
  private enum Tag: Hashable {
    case bullets, numbers, marked

    var start: String { self == .marked ? "<ul class=\"marked\">" : self == .bullets ? "<ul>" : "<ol" }
    var end: String { self == .numbers ? "</ol>" : "</ul>" }
  }

  private var open: [(level: Int, tag: Tag, number: Int)] = []
  /// Whether nothing stands behind the last item's own text.
  private var isInText = false

  /// An item with what has to close or open before it; the item stays open for lists inside it.
  ///
  /// - Parameter origin: where its marker came from.
  mutating func item(_ list: ListMarker, _ line: TracedText, attributes: String, origin: TextOrigin) -> TracedText {
    var output = ""
    while let last = open.last, last.level > list.level { output += end() }
    let (tag, number, marker) = Self.look(list)
    if let last = open.last, last.level == list.level {
      if last.tag == tag { output += "</li>\n" } else { output += end() }
    }
    var value = ""
    if let last = open.last, last.level == list.level {
      if tag == .numbers, number != last.number + 1 { value = " value=\"\(number)\"" }
      open[open.count - 1].number = number
    } else {
      output += tag == .numbers ? (number == 1 ? "<ol>\n" : "<ol start=\"\(number)\">\n") : tag.start + "\n"
      open.append((list.level, tag, number))
    }
    isInText = true
    let sign = marker.isEmpty ? "" : HTMLText.escape(TracedText(marker, origin)) + " "
    return "\(output)<li\(value)\(attributes)>\(sign)\(line)"
  }

  /// What closes lists deeper than a text's, whose item it belongs to; nil where no item of that level is open.
  mutating func inside(level: Int) -> String? {
    guard open.contains(where: { $0.level == level }) else { return nil }
    // The item's own text stands on a line that is still open.
    var output = isInText && open.last?.level == level ? "\n" : ""
    while let last = open.last, last.level > level { output += end() }
    isInText = false
    return output
  }

  mutating func close() -> String {
    var output = ""
    while !open.isEmpty { output += end() }
    return output
  }

  private mutating func end() -> String { "</li>\n\(open.removeLast().tag.end)\n" }

  private static func look(_ list: ListMarker) -> (Tag, Int, marker: String) {
    switch PrintedMarker(list) {
    case .bullet: (.bullets, 0, "")
    // Browsers number with a full stop; any other sign is kept as text.
    case .number(let number, "."): (.numbers, number, "")
    case .number, .text: (.marked, 0, list.marker)
    }
  }
}
