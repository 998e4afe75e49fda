/// Fixtures by what is to be expected of them.
enum Documents {
  /// Those that need nothing and have no errors.
  static let readable = [
    "sample", "scan8", "cards8", "hello", "invoice", "form", "receipt", "rotated", "two-frames", "turned-jpeg", "webp",
    "bmp",
  ]
}
