import Contracts
import StageKit

/// Hands on what was concluded of each page, and remembers whether any page is left to work on.
struct PageLedger {
  private let context: any StageContext
  private var hasPage = false
  private var firstGap: GapCode?

  init(context: any StageContext) { self.context = context }

  mutating func add(_ page: IngestPage) throws {
    try context.emit(part: page, page: page.number)
    hasPage = true
  }

  mutating func add(gap: GapCode, page: Int) throws {
    try context.emit(gap: gap, page: page)
    firstGap = firstGap ?? gap
  }

  /// A document of nothing but gaps is refused with the reason of its first page: there is nothing to do for it.
  ///
  /// - Throws: `StageFailure`.
  func requirePage() throws {
    guard !hasPage, let firstGap else { return }
    switch firstGap {
    case .pageTooLarge:
      throw StageFailure(
        .pageTooLarge, "No page is small enough to be worked on.", hint: "Raise ingest.maxPageArea if that is meant.")
    case .imageTooLarge:
      throw StageFailure(
        .imageTooLarge, "The image has more pixels than allowed.",
        hint: "Scale it down, or raise ingest.maxMegapixels.")
    default:
      throw StageFailure(
        .damaged, "None of its pages can be read.", hint: "Save it again with the program it came from.")
    }
  }
}
