import Contracts
import DocumentModel

/// A listing at the foot of a page or column that may go on at the head of the next: all that is kept of it.
struct ListingTail {
  let entry: Int
  let page: Int
  private let column: Int?
  private let top: Double
  private let size: Double
  /// Where its first part begins, and the edge of that part's column.
  private let left: Double
  private let edge: Double
  private let reachesFoot: Bool
  private let parts: Int

  /// - Parameter before: the part that this one continues.
  /// - Returns: nil for anything but a listing.
  init?(_ element: Element, entry: Int, page: Int, output: AssemblyOutput, after before: ListingTail? = nil) {
    guard element.kind == .code else { return nil }
    self.entry = entry
    self.page = page
    column = element.column
    top = element.box.top
    size = element.typography.size
    left = before?.left ?? element.box.left
    edge = before?.edge ?? output.edge(of: element)
    parts = (before?.parts ?? 0) + 1
    reachesFoot = element.box.bottom >= Self.foot * output.size.height
  }

  /// Whether the first element of the next page or column is the rest of the listing.
  ///
  /// What goes on stands no further out than what it continues, on the paper or in its column.
  func goesOn(in next: Element, page number: Int, output: AssemblyOutput) -> Bool {
    guard reachesFoot, parts < Self.mostParts, next.kind == .code, next.box.top <= Self.head * output.size.height,
      number == page + 1 || number == page && next.column != column && next.box.top < top,
      abs(next.typography.size - size) <= Self.sameSize
    else { return false }
    let shift = output.edge(of: next) - edge
    return next.box.left >= min(left, left + shift) - Self.same
  }

  private static let mostParts = 8  // as many pages as a reader keeps at hand: programs are printed on hundreds
  private static let foot = 0.75  // of the page's height: a listing that is cut fills its page, but for a note
  private static let head = 0.3  // of the page's height: it goes on at the top, below a header at most
  private static let sameSize = 0.5  // points: rounding of sizes within one face
  private static let same = 3.0  // points: lines of one edge
}
