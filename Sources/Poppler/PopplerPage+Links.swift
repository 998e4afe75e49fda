import CPoppler
import DocumentModel

extension PopplerPage {
  private static let linkLimit = 10_000  // links on one page

  /// The page's links in the order of its annotations.
  package func links() throws -> [PageLink] {
    let list = poppler_page_get_link_mapping(pointer)
    defer { poppler_page_free_link_mapping(list) }
    let height = size.height
    var links: [PageLink] = []
    var node = list
    while let current = node, links.count < Self.linkLimit {
      defer { node = current.pointee.next }
      guard let data = current.pointee.data else { continue }
      let mapping = data.assumingMemoryBound(to: PopplerLinkMapping.self).pointee
      guard let action = mapping.action else { continue }
      // Poppler has turned the area with the page already; only its y runs upwards.
      let area = mapping.area
      let box = BoundingBox(left: area.x1, top: height - area.y1, right: area.x2, bottom: height - area.y2)
      links.append(PageLink(box: box, target: document.target(of: action)))
    }
    return links.reversed()  // the list is built back to front
  }
}

extension PopplerDocument {
  /// Follows an action within the document; named destinations are looked up.
  func target(of action: UnsafeMutablePointer<PopplerAction>) -> LinkTarget {
    switch action.pointee.type {
    case POPPLER_ACTION_URI: return action.pointee.uri.uri.map { .uri(String(cString: $0)) } ?? .other
    case POPPLER_ACTION_GOTO_DEST:
      guard let destination = action.pointee.goto_dest.dest else { return .other }
      guard destination.pointee.type == POPPLER_DEST_NAMED else { return target(of: destination) }
      guard let found = poppler_document_find_dest(pointer, destination.pointee.named_dest) else { return .other }
      defer { poppler_dest_free(found) }
      return target(of: found)
    default: return .other
    }
  }

  private func target(of destination: UnsafeMutablePointer<PopplerDest>) -> LinkTarget {
    let dest = destination.pointee
    let page = Int(dest.page_num)
    guard (1...pageCount).contains(page) else { return .other }
    let isPlaced = [POPPLER_DEST_XYZ, POPPLER_DEST_FITH, POPPLER_DEST_FITR, POPPLER_DEST_FITBH].contains(dest.type)
    // On a page turned sideways the y comes from the destination's left, which not every kind has.
    // An unreadable target page still is a page to go to.
    guard isPlaced, dest.top.isFinite, dest.left.isFinite, let placement = try? placement(ofPage: page) else {
      return .page(page, top: nil)
    }
    let isSideways = placement.rotation == .right || placement.rotation == .left
    let isTold = isSideways ? dest.change_left != 0 : dest.change_top != 0 || dest.type == POPPLER_DEST_FITR
    return .page(page, top: isTold ? placement.top(ofDestinationLeft: dest.left, top: dest.top) : nil)
  }
}
