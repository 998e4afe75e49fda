import Contracts
import DocumentModel
import StageKit

/// Writes what a walk meets as blocks of Markdown.
struct MarkdownWriter {
  private let file: TextFile
  private let pictures: FigureFiles
  private let descriptions: [String: String]
  private let options: MarkdownOptions
  /// How far the printed title pushes headings down.
  private let shift: Int
  private let labels = FootnoteLabels()
  private var lists = ListDepth()
  private var isFirst = true
  /// Whether an item without text was written last: a blank line would end it.
  private var inBareItem = false
  /// How far the quote stands in that was written last, until something else is.
  private var openQuote: Int?

  init(
    file: TextFile, pictures: FigureFiles, descriptions: [String: String], options: MarkdownOptions, hasTitle: Bool
  ) {
    self.file = file
    self.pictures = pictures
    self.descriptions = descriptions
    self.options = options
    shift = hasTitle ? 1 : 0
  }

  private var text: MarkdownText { MarkdownText(labels: labels) }

  mutating func write(_ event: ContentEvent) throws {
    switch event {
    case .page(let page):
      guard options.pageBreaks == .mark else { return }
      // Within the item that is open, or a list that goes on over pages would end.
      let mark = TracedText("<!-- page \(page) -->", .made(.pageBreak, element: nil))
      try block(mark, ofItem: lists.open.last?.level)
    case .gap(let gap):
      try block(
        TracedText(
          "<!-- page \(gap.page) could not be read: \(gap.code.rawValue) -->", .made(.gap, element: nil)))
    case .item(let item): try write(item)
    }
  }

  mutating func end() throws {
    if !isFirst { try file.write("\n") }
    try file.finish()
  }

  private mutating func write(_ item: ContentItem) throws {
    switch item.kind {
    case .title: try heading(1, item.text)
    case .heading(let level): try heading(level + shift, item.text)
    case .subtitle:
      try block(
        text.line(item.text.map { InlineRun($0.text, style: $0.style.union(.bold), link: $0.link, note: $0.note) }))
    case .paragraph where item.isQuote: try quote(item)
    case .paragraph, .formula: try paragraph(item.text, ofItem: item.itemLevel)
    case .keyValue, .caption: try paragraph(item.text)
    case .listItem(let marker): try listItem(marker, item)
    case .code: try code(item.text.traced, ofItem: item.itemLevel)
    case .table(let grid):
      for caption in item.captionsAbove { try paragraph(caption) }
      try table(grid)
      for caption in item.captionsBelow { try paragraph(caption) }
    case .figure(let figure): try picture(figure, item)
    case .footnote(let mark): try footnote(mark, item)
    }
  }

  private mutating func table(_ grid: TableGrid) throws {
    var isFirstLine = true
    let table = MarkdownTable(text: MarkdownText(labels: labels, inCell: true), display: options.tables)
    try table.forEachLine(grid) { line in
      if isFirstLine {
        try block(line)
      } else {
        try file.write("\n")
        try file.put(line)
      }
      isFirstLine = false
    }
  }

  private mutating func heading(_ level: Int, _ runs: [InlineRun]) throws {
    let line = text.line(runs)
    guard !line.isEmpty else { return }
    let deepest = 6  // CommonMark 4.2
    try block("\(String(repeating: "#", count: min(level, deepest))) \(MarkdownEscape.headingEnd(line))")
  }

  private mutating func paragraph(_ runs: [InlineRun], ofItem level: Int? = nil) throws {
    // Two spaces before a line feed break the line: CommonMark 6.7.
    try block(runs.lines.map(text.block).filter { !$0.isEmpty }.joined(separator: "  \n"), ofItem: level)
  }

  /// Paragraphs of one quote are parted within it.
  private mutating func quote(_ item: ContentItem) throws {
    let lines = item.text.lines.map(text.block).filter { !$0.isEmpty }
    guard !lines.isEmpty else { return }
    let quote = lines.joined(separator: "  \n").quoted
    let column = item.itemLevel.flatMap { lists.column(ofLevel: $0) } ?? 0
    if openQuote == column {
      try file.write("\n" + String(repeating: " ", count: column) + ">\n")
      try file.put(quote.indented(by: column))
    } else {
      try block(quote, ofItem: item.itemLevel)
      openQuote = column
    }
  }

  private mutating func code(_ code: TracedText, ofItem level: Int?) throws {
    let fence = String(repeating: "`", count: max(3, Backticks.longest(code.string) + 1))
    try block("\(fence)\n\(code)\n\(fence)", ofItem: level)
  }

  private mutating func picture(_ figure: ElementFigure, _ item: ContentItem) throws {
    for caption in item.captionsAbove { try paragraph(caption) }
    if let address = try pictures.address(of: figure, page: item.id.page) {
      let words =
        descriptions[item.id.description].map { TracedText($0, .made(.description, element: item.id)) }
        ?? TracedText(Self.name(of: figure, item), .made(.figureName, element: item.id))
      let alternative = MarkdownEscape.text(
        [InlineRun(words)].oneLine.traced, MarkdownEscape.Place(inLink: true))
      try block("![\(alternative)](\(address))")
    } else if let words = descriptions[item.id.description] {
      try paragraph([InlineRun(TracedText(words, .made(.description, element: item.id)))])
    }
    if options.figureText {
      for line in figure.inside.split(separator: "\n") {
        try paragraph([InlineRun(TracedText(String(line), .made(.figureText, element: item.id)))])
      }
    }
    for caption in item.captionsBelow { try paragraph(caption) }
  }

  /// What a picture is called where nobody described it: its caption's first words, which name it.
  private static func name(of figure: ElementFigure, _ item: ContentItem) -> String {
    let words = item.captions.first?.plain.split(separator: " ").prefix(2).joined(separator: " ") ?? ""
    guard !words.isEmpty else { return figure.kind == .logo ? "Logo" : "Figure" }
    return words.last.map { ".:".contains($0) } == true ? String(words.dropLast()) : words
  }

  /// A note that nothing refers to would vanish as a definition: it stays text.
  private mutating func footnote(_ mark: String?, _ item: ContentItem) throws {
    if let label = labels.label(of: item.id) {
      let line = text.block(item.text)
      try block("[^\(TracedText(label, item.markOrigin))]: \(line)")
    } else if let mark, !mark.isEmpty {
      try paragraph([InlineRun(TracedText(mark, item.markOrigin), style: .superscript), InlineRun(" ")] + item.text)
    } else {
      try paragraph(item.text)
    }
  }

  private mutating func listItem(_ list: ListMarker, _ content: ContentItem) throws {
    let isFirstItem = lists.isEmpty
    let (indent, before) = lists.enter(list.level)
    var marker: TracedText = "-"
    var runs = content.text
    var last: (number: Int, sign: Character)?
    var jumps = false
    switch PrintedMarker(list) {
    case .bullet: break
    case .number(let number, let sign):
      marker = TracedText("\(number)\(sign)", content.markOrigin)
      last = (number, sign)
      if let seen = before?.last { jumps = seen.sign == sign && seen.number + 1 != number }
    case .text(let printed): runs.insert(InlineRun(TracedText(printed, content.markOrigin) + " "), at: 0)
    }
    let line = text.block(runs)
    let item: TracedText = "\(String(repeating: " ", count: indent))\(marker) \(line)"
    // Within an item's text only a list from 1 whose first item says something begins without a blank line: CommonMark 5.2.
    let opens = before == nil && !inBareItem && (last.map { $0.number != 1 } ?? false || line.isEmpty)
    if isFirstItem || lists.isLoose || jumps || opens { try separate() } else { try endLine() }
    // Readers count on from a list's first number; where the print does otherwise, another list begins.
    if jumps { try file.write("\(String(repeating: " ", count: indent))<!-- -->\n\n") }
    try file.put(item)
    inBareItem = line.isEmpty
    lists.push(ListDepth.Level(level: list.level, content: indent + marker.utf8Count + 1, last: last))
  }

  /// - Parameter level: of the list item that the block belongs to, if any: it stands below the item's text.
  private mutating func block(_ text: TracedText, ofItem level: Int? = nil) throws {
    guard !text.isEmpty else { return }
    let column = level.flatMap { lists.column(ofLevel: $0) }
    if column == nil { lists.close() }
    if column != nil, inBareItem { try endLine() } else { try separate() }
    try file.put(column.map { text.indented(by: $0) } ?? text)
  }

  private mutating func separate() throws {
    if !isFirst { try file.write("\n") }
    try endLine()
  }

  private mutating func endLine() throws {
    if !isFirst { try file.write("\n") }
    (isFirst, inBareItem, openQuote) = (false, false, nil)
  }
}
