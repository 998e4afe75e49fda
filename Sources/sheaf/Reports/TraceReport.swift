import DocumentModel
import Inspection
import StageKit

/// A trace for people: the place, then what it came from, stage by stage.
struct TraceReport {
  let trace: Trace
  let style: TerminalStyle

  init(_ trace: Trace, style: TerminalStyle) {
    self.trace = trace
    self.style = style
  }

  var lines: [String] {
    let name = style.paint(TerminalText.plain(trace.name), .bold)
    var lines = ["\(name)  \(trace.job)  \(TerminalText.plain(trace.query))"]
    for match in trace.matches {
      lines.append("")
      lines += self.lines(match)
    }
    if trace.omitted > 0 { lines.append("\n\(style.ellipsis) and elsewhere: give more of the text.") }
    return lines
  }

  private func lines(_ match: Trace.Match) -> [String] {
    var lines: [String] = []
    if let place = match.place { lines.append(style.paint(Self.name(place), .bold) + "  " + quoted(place.text, 100)) }
    if let maker = match.place?.maker {
      lines.append("  made by export: \(maker)" + (match.words.isEmpty ? ", from no word of a page" : ""))
    }
    if let subject = match.subject { lines.append(style.paint(TerminalText.plain(subject), .bold)) }
    if match.words.isEmpty, match.place?.maker == nil { lines.append("  No word of a page: markup or white space.") }
    for value in match.values {
      let score = value.confidence.map { "  \($0.value)" } ?? ""
      let name = style.paint(TerminalText.plain(value.name), .cyan)
      lines.append("  12 extraction      \(value.kind.rawValue) \(name) = \(quoted(value.value, 60))\(score)")
    }
    for element in match.elements { lines += self.lines(element) }
    for reading in match.readings { lines += words(reading, match.words.filter { $0.page == reading.page }) }
    if !match.exports.isEmpty {
      lines.append("  15 export")
      var table = TextTable(["    FILE", "BYTES", "TEXT"])
      for export in match.exports {
        table.add(["    " + Self.name(export), "\(export.start)-\(export.end)", quoted(export.text, 60)])
      }
      lines += table.lines.dropFirst()
    }
    return lines
  }

  /// `.md:12:5`.
  private static func name(_ place: ExportTrace) -> String {
    "\(place.format) \(place.suffix):\(place.line):\(place.column)"
  }

  private func lines(_ element: ElementTrace) -> [String] {
    var lines: [String] = []
    if !element.chunks.isEmpty { lines.append("  13 chunking        \(element.chunks.joined(separator: ", "))") }
    if !element.section.isEmpty {
      let path = element.section.map { TerminalText.plain($0) }.joined(separator: style.unicode ? " › " : " > ")
      lines.append("  10 sections        \(path)")
    }
    let entry = element.entry.map { "entry \($0)" } ?? "no entry"
    lines.append("  09 reading-order   \(entry), \(element.role.rawValue)")
    lines.append(
      "  08 assembly        \(style.paint(element.id.description, .cyan)) \(element.kind.rawValue)  "
        + style.paint(BoxText.of(element.box), .dim))
    return lines
  }

  private static let mostWords = 60  // of a page in one answer; --json has all

  private func words(_ reading: Trace.Reading, _ words: [WordTrace]) -> [String] {
    let languages = reading.languages.isEmpty ? "" : " in \(reading.languages.joined(separator: "+"))"
    let engines = reading.engines.filter { !$0.value.hasPrefix("sha256:") }.sorted { $0.key < $1.key }
      .map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    var lines = [
      "  03 ocr             page \(reading.page), \(reading.source)\(languages)"
        + (reading.edited ? style.paint(", edited by hand", .yellow) : "")
        + style.paint(engines.isEmpty ? "" : "  \(engines)", .dim)
    ]
    var table = TextTable(
      ["     WORD", "TEXT", "CONFIDENCE", "SOURCE", "BOX", "LINE", "REGION", "MADE INTO"], rightAligned: [0, 2, 5])
    for word in words.prefix(Self.mostWords) {
      table.add([
        "\(word.word)", word.text, "\(word.confidence.value)", word.source.rawValue, BoxText.of(word.box),
        word.line.map(String.init) ?? "", word.region.map { "\($0) \(word.regionKind?.rawValue ?? "")" } ?? "",
        Self.fate(word),
      ])
    }
    lines += table.lines.map { "  " + $0 }
    if words.count > Self.mostWords {
      lines.append("     \(style.ellipsis) \(words.count - Self.mostWords) more words; --json has all")
    }
    return lines
  }

  private static func fate(_ word: WordTrace) -> String {
    if let reason = word.dropReason { return "dropped by layout: \(reason)" }
    var parts = [word.element?.description ?? "nothing"]
    if let cell = word.cell { parts.append("table \(cell.table + 1) row \(cell.row + 1) column \(cell.column + 1)") }
    if let figure = word.figure { parts.append("figure \(figure + 1)") }
    if word.isMark { parts.append("marker") }
    return parts.joined(separator: ", ")
  }

  private func quoted(_ text: String, _ columns: Int) -> String {
    "\"" + TerminalText.truncatedInMiddle(TerminalText.plain(text), to: columns, mark: style.ellipsis) + "\""
  }
}
