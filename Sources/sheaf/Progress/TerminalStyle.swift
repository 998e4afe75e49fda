import Foundation

/// What a terminal can show.
struct TerminalStyle: Sendable, Hashable {
  /// Whether signs beyond ASCII can be shown.
  let unicode: Bool
  let color: Bool

  init(unicode: Bool, color: Bool) {
    self.unicode = unicode
    self.color = color
  }

  /// - Parameter environment: the process's. Colours end with `NO_COLOR` (https://no-color.org) or `TERM=dumb`.
  init(environment: [String: String]) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    let locale = (value("LC_ALL") ?? value("LC_CTYPE") ?? value("LANG") ?? "").lowercased()
    unicode = locale.contains("utf-8") || locale.contains("utf8")
    color = value("NO_COLOR") == nil && Self.isCapable(environment)
  }

  /// For what is printed on standard output: colours on a terminal only.
  static var ofOutput: TerminalStyle {
    let style = TerminalStyle(environment: ProcessInfo.processInfo.environment)
    return TerminalStyle(unicode: style.unicode, color: style.color && StandardStream.output.isTerminal)
  }

  /// Whether lines can be drawn over.
  static func isCapable(_ environment: [String: String]) -> Bool {
    let terminal = environment["TERM"] ?? ""
    return !terminal.isEmpty && terminal != "dumb"
  }

  enum Paint: String, Sendable {
    case green = "32"
    case yellow = "33"
    case red = "31"
    case cyan = "36"
    case dim = "2"
    case bold = "1"
  }

  func paint(_ text: String, _ paint: Paint) -> String {
    color && !text.isEmpty ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
  }

  var ellipsis: String { unicode ? "…" : "..." }
  var separator: String { unicode ? " · " : ", " }
  var doneMark: String { paint(unicode ? "✓" : "+", .green) }
  var warningMark: String { paint("!", .yellow) }
  var failureMark: String { paint(unicode ? "✗" : "x", .red) }

  /// A bar of so many columns.
  ///
  /// - Parameter fraction: 0…1.
  func bar(_ fraction: Double, width: Int) -> String {
    let fraction = fraction.isFinite ? min(max(fraction, 0), 1) : 0
    let halves = Int((fraction * Double(width * 2)).rounded(.down))
    let full = halves / 2
    let hasHalf = unicode && halves % 2 == 1
    let filled = String(repeating: unicode ? "━" : "#", count: full) + (hasHalf ? "╸" : "")
    let rest = String(repeating: unicode ? "─" : "-", count: width - full - (hasHalf ? 1 : 0))
    return paint(filled, fraction >= 1 ? .green : .cyan) + paint(rest, .dim)
  }
}
