import CPoppler

extension String {
  /// Copies a string that GLib allocated and frees it; invalid UTF-8 is repaired, empty becomes nil.
  init?(takingGLib pointer: UnsafeMutablePointer<CChar>?) {
    guard let pointer else { return nil }
    defer { g_free(pointer) }
    self.init(cString: pointer)
    if isEmpty { return nil }
  }
}
