import DocumentModel
import StageKit

/// Reads elements by id, page by page, keeping only the last few pages: memory does not grow with the document.
package final class ElementReader {
  /// A paragraph that runs over a page break touches two pages, a listing up to eight.
  private static let pagesKept = 8

  private let pages: EveryPage<AssemblyOutput>
  /// Newest last.
  private var kept: [(page: Int, output: Arrival<AssemblyOutput>)] = []

  package init(_ pages: EveryPage<AssemblyOutput>) { self.pages = pages }

  /// The job's pages, ascending.
  package var pageNumbers: [Int] { pages.pages }

  package func page(_ number: Int) throws -> Arrival<AssemblyOutput> {
    if let index = kept.lastIndex(where: { $0.page == number }) { return kept[index].output }
    let output = try pages.load(page: number)
    if kept.count == Self.pagesKept { kept.removeFirst() }
    kept.append((number, output))
    return output
  }

  /// - Throws: `StageFailure` where the id leads nowhere: an edited checkpoint may say anything.
  package func element(_ id: ElementID) throws -> Element {
    guard let elements = try page(id.page).value?.elements, elements.indices.contains(id.index) else {
      throw StageFailure(
        .checkpointCorrupt, "The reading order names element \(id), which assembly does not have.", page: id.page,
        hint: "Run reading-order again.")
    }
    return elements[id.index]
  }
}
