extension String {
  /// The stretch between two offsets in Unicode scalars, as far as there is any.
  func scalars(_ start: Int, _ end: Int) -> String {
    let scalars = unicodeScalars
    guard start >= 0, end > start else { return "" }
    return String(String.UnicodeScalarView(scalars.dropFirst(start).prefix(end - start)))
  }
}
