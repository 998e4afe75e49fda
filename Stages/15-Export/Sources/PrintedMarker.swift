import Contracts

/// What a printed list marker becomes.
enum PrintedMarker: Hashable {
  /// A plain sign that any list has.
  case bullet
  /// A number and the full stop or parenthesis behind it.
  case number(Int, Character)
  /// A marker that says something: `(b)`, `iv.`, `☐`.
  case text(String)

  init(_ list: ListMarker) {
    let marker = list.marker
    if marker.isEmpty || (!list.ordered && !marker.contains(where: Self.telling.contains)) {
      self = .bullet
    } else if let sign = marker.last, sign == "." || sign == ")", let number = Int(marker.dropLast()),
      (0...Self.largest).contains(number), String(number) + String(sign) == marker
    {
      self = .number(number, sign)
    } else {
      self = .text(marker)
    }
  }

  private static let largest = 999_999_999  // CommonMark 5.2: at most nine digits
  private static let telling: Set<Character> = ["☐", "☑", "☒", "✓", "✔", "✗", "✘"]
}
