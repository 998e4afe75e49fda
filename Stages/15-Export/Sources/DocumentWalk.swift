import Contracts
import DocumentModel
import StageKit

/// One walk through the document in reading order; holds a few pages at a time.
struct DocumentWalk {
  let content: ContentReader
  private let missing: [MissingPage]
  private let progress: (Double) -> Void

  init(
    _ order: ReadingOrderOutput, _ sections: SectionsOutput, pages: EveryPage<AssemblyOutput>,
    context: any StageContext
  ) {
    content = ContentReader(order, sections, reader: ElementReader(pages))
    missing = order.missing
    progress = { context.progress($0) }
  }

  /// Hands over every page, gap and item in order.
  func forEach(_ body: (ContentEvent) throws -> Void) throws {
    var turn = PageTurns(content.reader.pageNumbers, missing: missing)
    var titles: [ContentItem] = []
    func flush() throws {
      for item in Self.joinTitle(titles) {
        try turn.to(item.id.page, body)
        try body(.item(item))
      }
      titles = []
    }
    for index in content.entries.indices {
      if index % Self.step == 0 { progress(Double(index) / Double(content.entries.count)) }
      guard let item = try content.item(index) else { continue }
      switch item.kind {
      case .title, .subtitle: titles.append(item)
      default:
        try flush()
        try turn.to(item.id.page, body)
        try body(.item(item))
      }
    }
    try flush()
    try turn.toEnd(body)
  }

  private static let step = 64  // entries between two ticks

  /// Sections names one entry as the title; the lines of a title that stand around it belong to it.
  private static func joinTitle(_ items: [ContentItem]) -> [ContentItem] {
    guard let place = items.firstIndex(where: { if case .title = $0.kind { true } else { false } }), items.count > 1
    else { return items }
    var end = place + 1
    while end < items.count, items[end].id.page == items[place].id.page { end += 1 }
    var title = items[place]
    for item in items[(place + 1)..<end] { title.text += [InlineRun(" ")] + item.text }
    title.text = title.text.oneLine
    return Array(items[..<place]) + [title] + Array(items[end...])
  }
}
