import CPoppler
import DocumentModel

/// One page of an open PDF. Boxes are on the page as shown: points, top-left origin, after rotation.
///
/// Render first, then ask for the text: the render fills the text page, and text costs almost nothing.
package final class PopplerPage {
  let pointer: OpaquePointer
  let document: PopplerDocument
  /// Counts from 1.
  package let number: Int
  /// What Poppler says of the images; kept, since the content is interpreted for it.
  private(set) lazy var reportedImages: [PlacedImage] = readReportedImages()

  init(_ number: Int, of document: PopplerDocument) throws {
    guard (1...document.pageCount).contains(number),
      let pointer = poppler_document_get_page(document.pointer, Int32(number - 1))
    else { throw PopplerFailure.pageUnreadable(number) }
    self.pointer = pointer
    self.document = document
    self.number = number
  }

  deinit { g_object_unref(UnsafeMutableRawPointer(pointer)) }

  /// Width and height in points of the crop box after rotation; never read from the content.
  package var size: PageSize {
    var (width, height) = (0.0, 0.0)
    poppler_page_get_size(pointer, &width, &height)
    return PageSize(width: width, height: height)
  }

  /// The label that readers show ("iv", "A-3"), or nil where it is just the number.
  package var label: String? {
    guard let label = String(takingGLib: poppler_page_get_label(pointer)), label != String(number) else { return nil }
    return label
  }

  /// Size and rotation together.
  package func placement() throws -> PagePlacement { try document.placement(ofPage: number) }

  /// The page's rotation, which poppler-glib does not tell.
  ///
  /// But it turns the rectangle of a new annotation back by that rotation, so one is added in memory, looked at and
  /// removed again: a mark from (1, 2) to (3, 5) lands on another place in each of the four cases. The document is changed
  /// by that, so it is asked of one that is used for nothing else.
  func readRotation() -> QuarterTurn {
    var mark = PopplerRectangle(x1: 1, y1: 2, x2: 3, y2: 5)
    guard let annotation = poppler_annot_square_new(document.pointer, &mark) else { return .none }
    poppler_page_add_annot(pointer, annotation)
    var found = PopplerRectangle()
    poppler_annot_get_rectangle(annotation, &found)
    poppler_page_remove_annot(pointer, annotation)
    g_object_unref(UnsafeMutableRawPointer(annotation))
    let (left, bottom) = (min(found.x1, found.x2), min(found.y1, found.y2))
    let isWide = abs(found.x2 - found.x1) > abs(found.y2 - found.y1)
    if isWide { return abs(bottom - 1) < 0.5 ? .right : .left }
    return abs(left - 1) < 0.5 && abs(bottom - 2) < 0.5 ? .none : .half
  }
}
