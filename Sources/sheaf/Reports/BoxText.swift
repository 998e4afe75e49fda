import DocumentModel

/// A box as `--box` takes it.
enum BoxText {
  static func of(_ box: BoundingBox) -> String { "\(box.left),\(box.top),\(box.right),\(box.bottom)" }
}
