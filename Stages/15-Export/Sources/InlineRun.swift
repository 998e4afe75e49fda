import Contracts
import DocumentModel

/// A stretch of text in one style, ready for a format.
struct InlineRun: Hashable {
  var text: TracedText
  var style: TextStyle = []
  var link: String?
  /// The footnote that this run is the mark of.
  var note: ElementID?

  /// A run of the document's text.
  ///
  /// - Parameter element: whose it is; without one nothing is known of where its words came from.
  init(_ run: TextRun, of element: ElementID? = nil) {
    text = element.map { TracedText(run, of: $0) } ?? TracedText(run.text)
    style = run.style
    link = run.link
  }

  init(_ text: TracedText, style: TextStyle = [], link: String? = nil, note: ElementID? = nil) {
    self.text = text
    self.style = style
    self.link = link
    self.note = note
  }

  fileprivate func with(_ text: TracedText) -> InlineRun { InlineRun(text, style: style, link: link, note: note) }

  func looksLike(_ other: InlineRun) -> Bool {
    style == other.style && link == other.link && note == nil && other.note == nil
  }
}

extension [InlineRun] {
  /// The text without any styles.
  var plain: String { map(\.text.string).joined() }

  /// The text without any styles, its origins kept.
  var traced: TracedText { map(\.text).joined() }

  /// One line: line feeds and runs of white space are single spaces, none at the ends; neighbours of one look are one.
  var oneLine: [InlineRun] { spaced() }

  /// Like `oneLine`, but with the line feeds that the text has.
  var broken: [InlineRun] { spaced(keepsBreaks: true) }

  /// Like `broken`, but with all white space; what ends a line is a line feed, and other controls are replaced.
  var listing: [InlineRun] {
    map { run in
      var isReturn = false
      let text = run.text.rewritten { scalar, _, text in
        defer { isReturn = scalar == "\r" }
        switch scalar {
        case "\n": if !isReturn { text += "\n" }
        case "\r": text += "\n"
        case "\t": text += "\t"
        default:
          let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
          text.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
        }
      }
      return run.with(text)
    }
  }

  /// The lines of a text, each without line feeds.
  var lines: [[InlineRun]] {
    var lines: [[InlineRun]] = [[]]
    for run in self {
      var start = 0
      for (place, byte) in run.text.string.utf8.enumerated() where byte == UInt8(ascii: "\n") {
        lines[lines.count - 1].append(run.with(run.text.slice(start..<place)))
        lines.append([])
        start = place + 1
      }
      lines[lines.count - 1].append(run.with(run.text.slice(start..<run.text.utf8Count)))
    }
    return lines.map(\.oneLine).filter { !$0.isEmpty }
  }

  /// A cell's text with the rest of it on the next page.
  func goingOn(with rest: [InlineRun]) -> [InlineRun] {
    guard let last else { return rest }
    let joint = CutCell.joint(plain, rest.plain)
    var runs = self
    if joint.dropsHyphen {
      runs[runs.count - 1].text = last.text.scalars(0, last.text.string.unicodeScalars.count - 1)
    }
    runs[runs.count - 1].text += joint.text
    return (runs + rest).oneLine
  }

  private func spaced(keepsBreaks: Bool = false) -> [InlineRun] {
    var line: [InlineRun] = []
    var atSpace = true
    for run in LinkEnds.trimmed(self) {
      let text = run.text.rewritten { scalar, _, text in
        if keepsBreaks, scalar == "\n" {
          text += "\n"
          atSpace = true
          return
        }
        let isSpace = scalar.isSpace || scalar.value < 0x20 || scalar.value == 0x7F
        if !isSpace { text.unicodeScalars.append(scalar) } else if !atSpace { text += " " }
        atSpace = isSpace
      }
      guard !text.isEmpty else { continue }
      if let last = line.last, last.looksLike(run) {
        line[line.count - 1].text += text
      } else {
        var run = run
        run.text = text
        line.append(run)
      }
    }
    while let last = line.last, last.text.hasSuffix(" ") {
      if last.text.string == " " {
        line.removeLast()
      } else {
        line[line.count - 1].text = last.text.slice(0..<(last.text.utf8Count - 1))
      }
    }
    return line
  }
}
