import Contracts
import DocumentModel
import StageKit

/// Writes what a walk meets as plain text: one line a paragraph, a blank line between blocks.
struct PlainWriter {
  private let file: TextFile
  private let options: TextOptions
  private var isFirst = true
  private var inList = false
  private var pages = 0

  init(file: TextFile, options: TextOptions) {
    self.file = file
    self.options = options
  }

  mutating func write(_ event: ContentEvent) throws {
    switch event {
    case .page: try turnPage()
    case .gap(let gap):
      try turnPage()
      try block(
        TracedText("[page \(gap.page) could not be read: \(gap.code.rawValue)]", .made(.gap, element: nil)))
    case .item(let item): try write(item)
    }
  }

  mutating func end() throws {
    if !isFirst { try file.write("\n") }
    try file.finish()
  }

  private mutating func write(_ item: ContentItem) throws {
    switch item.kind {
    case .title, .heading, .subtitle, .paragraph, .formula, .keyValue, .caption, .code:
      let level = min(max(item.itemLevel ?? 0, 0), Self.deepest)
      try block(item.text.traced.indented(by: 2 * level + (item.isQuote ? Self.quoteIndent : 0)))
    case .listItem(let list):
      let indent = String(repeating: " ", count: 2 * (min(max(list.level, 1), Self.deepest) - 1))
      let marker = list.marker.isEmpty ? "" : TracedText(list.marker, item.markOrigin) + " "
      if inList { try file.write("\n") } else { try separate() }
      try file.put("\(indent)\(marker)\(item.text.traced)")
      inList = true
    case .footnote(let mark): try block((mark.map { TracedText($0, item.markOrigin) + " " } ?? "") + item.text.traced)
    case .table(let grid):
      for caption in item.captionsAbove { try block(caption.traced) }
      try table(grid)
      for caption in item.captionsBelow { try block(caption.traced) }
    case .figure(let figure):
      for caption in item.captionsAbove { try block(caption.traced) }
      if options.figureText { try block(TracedText(figure.inside, .made(.figureText, element: item.id))) }
      for caption in item.captionsBelow { try block(caption.traced) }
    }
  }

  private static let quoteIndent = 4  // columns: more than what belongs to an item
  private static let deepest = 20  // levels: what an edit says beyond it is a slip

  private mutating func turnPage() throws {
    if options.pageBreaks == .mark, pages > 0 {
      try file.write(isFirst ? "\u{C}" : "\n\u{C}")
      (isFirst, inList) = (true, false)
    }
    pages += 1
  }

  private mutating func table(_ grid: TableGrid) throws {
    var isFirstLine = true
    try PlainTable(grid).forEachLine { line in
      guard !line.isEmpty || grid.rowCount > 1 else { return }
      if isFirstLine { try separate() } else { try file.write("\n") }
      isFirstLine = false
      try file.put(line)
    }
    if !isFirstLine { inList = false }
  }

  private mutating func block(_ text: TracedText) throws {
    guard !text.isEmpty else { return }
    try separate()
    inList = false
    try file.put(text)
  }

  private mutating func separate() throws {
    if !isFirst { try file.write("\n\n") }
    isFirst = false
  }
}
