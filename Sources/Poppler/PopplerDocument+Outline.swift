import CPoppler

extension PopplerDocument {
  /// Levels; real outlines have six, a hostile one may be its own child.
  package static let outlineDepthLimit = 32
  /// Entries in all.
  package static let outlineEntryLimit = 10_000

  /// The outline, cut off at the two limits, so that one which contains itself ends too.
  package func outline() -> [OutlineEntry] {
    guard let iterator = poppler_index_iter_new(pointer) else { return [] }
    defer { poppler_index_iter_free(iterator) }
    var left = Self.outlineEntryLimit
    return entries(iterator, depth: 1, left: &left)
  }

  private func entries(_ iterator: OpaquePointer, depth: Int, left: inout Int) -> [OutlineEntry] {
    var entries: [OutlineEntry] = []
    repeat {
      guard left > 0 else { break }
      left -= 1
      guard let action = poppler_index_iter_get_action(iterator) else { continue }
      defer { poppler_action_free(action) }
      let title = action.pointee.any.title.map { String(cString: $0) } ?? ""
      let target = target(of: action)
      let isOpen = poppler_index_iter_is_open(iterator) != 0
      var children: [OutlineEntry] = []
      if depth < Self.outlineDepthLimit, let below = poppler_index_iter_get_child(iterator) {
        defer { poppler_index_iter_free(below) }
        children = self.entries(below, depth: depth + 1, left: &left)
      }
      entries.append(OutlineEntry(title: title, target: target, isOpen: isOpen, children: children))
    } while poppler_index_iter_next(iterator) != 0
    return entries
  }
}
