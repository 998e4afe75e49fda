/// A label of a template, found on a page.
struct LabelHit: Hashable {
  /// Index into the template's fields; nil for a label of something else.
  let field: Int?
  let weak: Bool
  /// Index of the page among those read.
  let page: Int
  /// Index of the segment on the page.
  let segment: Int
  /// Scalars of the segment's text.
  let range: Range<Int>
}
