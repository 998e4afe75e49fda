import Contracts
import DocumentModel
import StageKit

/// Writes what a walk meets as HTML.
struct HTMLWriter {
  private let file: TextFile
  private let pictures: FigureFiles
  private let descriptions: [String: String]
  private let options: HTMLOptions
  /// How far the printed title pushes headings down.
  private let shift: Int
  private var sections = HTMLSections()
  private var lists = HTMLLists()
  /// The page that began last, until something bears its name.
  private var anchor: Int?
  /// The page that began last, and those beyond it that rows of a table were named for.
  private var lastPage = 0
  private var namedAhead: Set<Int> = []
  /// The level of the item that the open quote belongs to, 0 for none; nil where no quote is open.
  private var openQuote: Int?

  init(
    file: TextFile, pictures: FigureFiles, descriptions: [String: String], options: HTMLOptions, hasTitle: Bool
  ) {
    self.file = file
    self.pictures = pictures
    self.descriptions = descriptions
    self.options = options
    shift = hasTitle ? 1 : 0
  }

  func begin(title: TracedText, language: String?) throws {
    try file.put(HTMLPageFrame.head(title: title, language: language))
  }

  mutating func end() throws {
    try nameBarePage()
    try closeQuote()
    try file.write(lists.close() + sections.close(from: 1) + HTMLPageFrame.foot)
    try file.finish()
  }

  mutating func write(_ event: ContentEvent) throws {
    switch event {
    case .page(let page):
      try nameBarePage()
      lastPage = page
      anchor = namedAhead.remove(page) == nil ? page : nil
      if options.pageBreaks == .mark {
        try file.put("\(TracedText("<!-- page \(page) -->", .made(.pageBreak, element: nil)))\n")
      }
    case .gap(let gap):
      try nameBarePage()
      try closeQuote()
      anchor = gap.page
      let sentence = TracedText(
        "Page \(gap.page) could not be read: <code>\(gap.code.rawValue)</code>.", .made(.gap, element: nil))
      try block("<p class=\"gap\"\(attributes())>\(sentence)</p>")
    case .item(let item): try write(item)
    }
  }

  /// Names a page on which nothing begins: text that runs over it began before.
  private mutating func nameBarePage() throws {
    if let page = anchor { try file.write("\(Self.place(page))\n") }
    anchor = nil
  }

  private static func place(_ page: Int) -> String { "<span id=\"page-\(page)\"></span>" }

  private mutating func write(_ item: ContentItem) throws {
    if !item.isQuote || openQuote != item.itemLevel ?? 0 { try closeQuote() }
    let line = line(item.text)
    switch item.kind {
    case .title:
      try block(TracedText(sections.close(from: 1)))
      try block("<header><h1\(attributes(item))>\(line)</h1></header>")
    case .heading(let level): try heading(level, line, item)
    case .subtitle: try paragraph(item, class: "subtitle")
    case .paragraph where item.isQuote: try quote(item)
    case .paragraph: try paragraph(item)
    case .keyValue: try paragraph(item, class: "key-value")
    case .formula: try paragraph(item, class: "formula")
    case .caption: try paragraph(item, class: "caption")
    case .listItem(let marker):
      let attributes = attributes(item)
      try file.put(lists.item(marker, line, attributes: attributes, origin: item.markOrigin))
    case .code:
      let code: TracedText = "<pre\(attributes(item))><code>\(HTMLText.escape(item.text.traced))</code></pre>"
      try block(code, ofItem: item.itemLevel)
    case .table(let grid):
      guard grid.rowCount > 0 else { return }
      let caption = item.captions.map(self.line).joined(separator: "<br>")
      try block("")
      try table(grid, attributes: attributes(item), caption: caption)
    case .figure(let figure): try picture(figure, item)
    case .footnote(let mark): try footnote(mark, line, item)
    }
  }

  /// Of a table that runs over pages, the first row on each bears the page's name.
  private mutating func table(_ grid: TableGrid, attributes: String, caption: TracedText) throws {
    var named: Set<Int> = []
    let table = HTMLTable(
      grid, attributes: attributes, caption: caption, notes: Self.noteName, places: true,
      namesPages: { [lastPage] page in page > lastPage && named.insert(page).inserted })
    try table.forEachLine { try file.put($0 + "\n") }
    namedAhead.formUnion(named)
  }

  private func line(_ runs: [InlineRun]) -> TracedText { HTMLText.line(runs, notes: Self.noteName, places: true) }

  /// The identifier of a footnote's block.
  private static func noteName(_ id: ElementID) -> String { "note-p\(id.page)-\(id.index)" }

  private mutating func heading(_ level: Int, _ line: TracedText, _ item: ContentItem) throws {
    guard !line.isEmpty else { return }
    let tag = "h\(min(level + shift, 6))"
    try block(TracedText(sections.close(from: level) + sections.open(level)))
    try block("<\(tag)\(attributes(item))>\(line)</\(tag)>")
  }

  private mutating func paragraph(_ item: ContentItem, class name: String? = nil) throws {
    guard !item.text.isEmpty else { return }
    let style = name.map { " class=\"\($0)\"" } ?? ""
    try block(
      "<p\(style)\(attributes(item))>\(item.text.lines.map(line).joined(separator: "<br>"))</p>", ofItem: item.itemLevel
    )
  }

  /// Paragraphs of one quote stand within it.
  private mutating func quote(_ item: ContentItem) throws {
    guard !item.text.isEmpty else { return }
    let isOpen = openQuote != nil
    openQuote = item.itemLevel ?? 0
    let text: TracedText = "<p\(attributes(item))>\(item.text.lines.map(line).joined(separator: "<br>"))</p>"
    try block(isOpen ? text : "<blockquote>\n\(text)", ofItem: item.itemLevel)
  }

  private mutating func closeQuote() throws {
    if openQuote != nil { try file.write("</blockquote>\n") }
    openQuote = nil
  }

  private mutating func picture(_ figure: ElementFigure, _ item: ContentItem) throws {
    let address = try pictures.address(of: figure, page: item.id.page)
    let description = descriptions[item.id.description].map { TracedText($0, .made(.description, element: item.id)) }
    var parts: [TracedText] = []
    if let address {
      // A caption names the picture already; an empty text tells that nothing more is known.
      let name = item.captions.isEmpty ? figure.kind == .logo ? "Logo" : "Figure" : ""
      let words = description ?? TracedText(name, .made(.figureName, element: item.id))
      parts.append("<img src=\"\(HTMLText.escape(address))\" alt=\"\(HTMLText.escape(words))\">")
    } else if let description {
      parts.append("<p>\(HTMLText.escape(description))</p>")
    }
    if options.figureText, !figure.inside.isEmpty {
      let lines = figure.inside.split(separator: "\n").map {
        HTMLText.escape(TracedText(String($0), .made(.figureText, element: item.id)))
      }
      parts.append("<p>\(lines.joined(separator: "<br>"))</p>")
    }
    if !item.captions.isEmpty {
      parts.append("<figcaption>\(item.captions.map(line).joined(separator: "<br>"))</figcaption>")
    }
    guard !parts.isEmpty else { return }
    try block("<figure\(attributes(item))>\n\(parts.joined(separator: "\n"))\n</figure>")
  }

  private mutating func footnote(_ mark: String?, _ line: TracedText, _ item: ContentItem) throws {
    let sign: TracedText = mark.map { "<sup>\(HTMLText.escape(TracedText($0, item.markOrigin)))</sup> " } ?? ""
    let direction = Self.direction(item)
    // Its own name is taken by what leads to it.
    let place = anchor.map(Self.place) ?? ""
    anchor = nil
    try block(
      "<p class=\"footnote\" role=\"doc-footnote\" id=\"\(Self.noteName(item.id))\"\(direction)>\(place)\(sign)\(line)</p>"
    )
  }

  /// - Parameter level: of the list item that the block belongs to, if any: it stands within the item.
  private mutating func block(_ text: TracedText, ofItem level: Int? = nil) throws {
    if let within = level.flatMap({ lists.inside(level: $0) }) {
      try file.write(within)
    } else {
      try file.write(lists.close())
    }
    if !text.isEmpty { try file.put(text + "\n") }
  }

  /// The identifier that a page's first block bears, and the direction where it is not the usual one.
  private mutating func attributes(_ item: ContentItem? = nil) -> String {
    defer { anchor = nil }
    return (anchor.map { " id=\"page-\($0)\"" } ?? "") + (item.map(Self.direction) ?? "")
  }

  private static func direction(_ item: ContentItem) -> String { item.direction == .rightToLeft ? " dir=\"rtl\"" : "" }
}
