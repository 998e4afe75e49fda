import Contracts
import DocumentModel
import Poppler
import StageKit

/// Reads a PDF's page tree, information dictionary and outline.
struct PDFIngest {
  let file: InputFile
  let options: IngestOptions

  private static let pagesPerTick = 64  // pages: reading one takes microseconds

  func run(_ pages: inout PageLedger, context: any StageContext) throws -> IngestOutput {
    let document = try open(context)
    guard document.pageCount <= options.maxPages else {
      throw StageFailure(
        .tooManyPages, "The document has \(document.pageCount) pages; \(options.maxPages) are allowed.",
        hint: "Split it, or raise ingest.maxPages.")
    }
    document.avoidedPages = context.unreadablePages
    for number in 1...document.pageCount {
      try add(number, of: document, to: &pages, context)
      if number % Self.pagesPerTick == 0 { context.progress(Double(number) / Double(document.pageCount)) }
    }
    try pages.requirePage()
    return IngestOutput(
      type: .pdf, pageCount: document.pageCount, metadata: DocumentMetadata(document.metadata),
      outline: Self.flat(document.outline(), level: 1), encrypted: document.isEncrypted)
  }

  private func open(_ context: any StageContext) throws -> PopplerDocument {
    do {
      return try context.warm("\(context.source)") {
        try PopplerDocument(descriptor: file.descriptor, password: context.password)
      }
    } catch let failure as PopplerFailure {
      throw StageFailure(opening: failure)
    }
  }

  private func add(
    _ number: Int, of document: PopplerDocument, to pages: inout PageLedger, _ context: any StageContext
  ) throws {
    guard !context.unreadablePages.contains(number) else { return try pages.add(gap: .pageUnreadable, page: number) }
    try context.entering(page: number)
    let placement: PagePlacement
    let label: String?
    do {
      placement = try document.placement(ofPage: number)
      label = try document.page(number).label
    } catch is PopplerFailure {
      return try pages.add(gap: .pageUnreadable, page: number)
    }
    let size = placement.size
    guard size.width > 0, size.height > 0 else { return try pages.add(gap: .pageUnreadable, page: number) }
    // Points to square inches.
    guard size.width * size.height / (72 * 72) <= Double(options.maxPageArea) else {
      return try pages.add(gap: .pageTooLarge, page: number)
    }
    try pages.add(IngestPage(number: number, size: size, rotation: placement.rotation, label: label))
  }

  private static func flat(_ entries: [Poppler.OutlineEntry], level: Int) -> [Contracts.OutlineEntry] {
    entries.flatMap { entry in
      var place: (page: Int?, top: Double?) = (nil, nil)
      if case .page(let page, let top) = entry.target { place = (page, top) }
      return [Contracts.OutlineEntry(title: entry.title, level: level, page: place.page, top: place.top)]
        + flat(entry.children, level: level + 1)
    }
  }
}

extension DocumentMetadata {
  fileprivate init(_ metadata: PDFMetadata) {
    self.init(
      title: metadata.title, author: metadata.author, subject: metadata.subject, keywords: metadata.keywords,
      creator: metadata.creator, producer: metadata.producer, created: metadata.creationDate,
      modified: metadata.modificationDate, formatVersion: metadata.version)
  }
}
