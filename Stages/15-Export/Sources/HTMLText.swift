import DocumentModel

/// Runs of text as HTML.
enum HTMLText {
  static func escape(_ text: String) -> String { escape(TracedText(text)).string }

  static func escape(_ text: TracedText) -> TracedText {
    text.rewritten { scalar, _, text in
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "\n", "\t": text.unicodeScalars.append(scalar)
      default:
        // Controls and noncharacters are no HTML, not even escaped.
        // https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream
        let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        let isNone = scalar.value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(scalar.value)
        text.unicodeScalars.append(isControl || isNone ? "\u{FFFD}" : scalar)
      }
    }
  }

  /// - Parameter notes: the address and name of a footnote; marks are plain superscripts without it.
  static func line(_ runs: [InlineRun], notes: ((ElementID) -> String)? = nil, places: Bool = false) -> TracedText {
    runs.oneLine.map { run -> TracedText in
      var text = escape(run.text)
      if let note = run.note {
        guard let notes else { return "<sup>\(text)</sup>" }
        return "<sup><a href=\"#\(notes(note))\" role=\"doc-noteref\">\(text)</a></sup>"
      }
      if run.style.contains(.code) { text = "<code>\(text)</code>" }
      if run.style.contains(.subscript) { text = "<sub>\(text)</sub>" }
      if run.style.contains(.superscript) { text = "<sup>\(text)</sup>" }
      if run.style.contains(.italic) { text = "<em>\(text)</em>" }
      if run.style.contains(.bold) { text = "<strong>\(text)</strong>" }
      guard let link = run.link, let target = address(link, places: places) else { return text }
      return "<a href=\"\(target)\">\(text)</a>"
    }.joined()
  }

  /// `#page=7` leads somewhere where pages have names.
  private static func address(_ link: String, places: Bool) -> String? {
    if places, let page = LinkAddress.page(link) { return "#page-\(page)" }
    return LinkAddress.outside(link).map(escape)
  }
}
