import Contracts
import DocumentModel
import Leptonica
import StageKit

/// Reads the headers of an image: one page for each frame, nothing decoded.
struct ImageIngest {
  let type: DocumentType
  let bytes: UnsafeRawBufferPointer
  let options: IngestOptions

  func run(_ pages: inout PageLedger, context: any StageContext) throws -> IngestOutput {
    let count = try frameCount()
    guard count <= options.maxPages else {
      throw StageFailure(
        .tooManyPages, "The image has \(count) frames; \(options.maxPages) are allowed.",
        hint: "Split it, or raise ingest.maxPages.")
    }
    for number in 1...count {
      try add(number, to: &pages, context)
      context.progress(Double(number) / Double(count))
    }
    try pages.requirePage()
    return IngestOutput(type: type, pageCount: count, metadata: DocumentMetadata(), outline: [], encrypted: false)
  }

  /// - Throws: `StageFailure` with `damaged` where not even the first header can be read.
  private func frameCount() throws -> Int {
    do {
      return try ImageHeader(of: bytes).pageCount
    } catch let failure as RasterFailure {
      throw StageFailure(
        .damaged, "The image cannot be read: \(failure).", hint: "Save it again with the program it came from.")
    }
  }

  private func add(_ number: Int, to pages: inout PageLedger, _ context: any StageContext) throws {
    guard !context.unreadablePages.contains(number) else { return try pages.add(gap: .pageUnreadable, page: number) }
    try context.entering(page: number)
    let header: ImageHeader
    do {
      header = try ImageHeader(of: bytes, page: number - 1)
    } catch is RasterFailure {
      return try pages.add(gap: .pageUnreadable, page: number)
    }
    let (pixels, overflow) = header.width.multipliedReportingOverflow(by: header.height)
    guard !overflow, pixels <= options.maxMegapixels * 1_000_000 else {
      return try pages.add(gap: .imageTooLarge, page: number)
    }
    let (width, height) = (header.uprightWidth, header.uprightHeight)
    let resolution = PlausibleResolution(of: header)
    let size = PageSize(
      width: Double(width) * 72 / resolution.horizontal, height: Double(height) * 72 / resolution.vertical)
    guard size.width > 0, size.height > 0 else { return try pages.add(gap: .pageUnreadable, page: number) }
    guard size.width * size.height / (72 * 72) <= Double(options.maxPageArea) else {
      return try pages.add(gap: .pageTooLarge, page: number)
    }
    try pages.add(
      IngestPage(
        number: number, size: size, rotation: header.orientation.turn,
        pixels: PixelSize(width: width, height: height)))
  }
}
