/// The lines at the terminal's foot that are drawn over and over, and what is said above them.
///
/// Composes text only: whoever owns the terminal writes it.
struct LiveArea: Sendable {
  private var drawn: [String] = []

  /// Draws the lines in the place of the last ones.
  ///
  /// - Parameter columns: the terminal's now; lines drawn when it was wider may have been broken by it.
  mutating func draw(_ lines: [String], columns: Int) -> String {
    defer { drawn = lines }
    return home(columns) + lines.map { $0 + Self.clearRest + "\n" }.joined() + Self.clearBelow
  }

  /// Takes the lines away, so that something can be said in their place.
  mutating func erase(columns: Int) -> String {
    guard !drawn.isEmpty else { return "" }
    defer { drawn = [] }
    return home(columns) + Self.clearBelow
  }

  private static let clearRest = "\u{1B}[K"
  private static let clearBelow = "\u{1B}[J"

  private func home(_ columns: Int) -> String {
    let rows = drawn.reduce(0) { sum, line in
      sum + max(1, (Self.visibleWidth(line) + max(1, columns) - 1) / max(1, columns))
    }
    return rows > 0 ? "\r\u{1B}[\(rows)A" : "\r"
  }

  /// Without the colours.
  static func visibleWidth(_ line: String) -> Int {
    var text = ""
    var isCommand = false
    for character in line {
      if character == "\u{1B}" {
        isCommand = true
      } else if isCommand {
        isCommand = character != "m"
      } else {
        text.append(character)
      }
    }
    return TerminalText.width(text)
  }
}
