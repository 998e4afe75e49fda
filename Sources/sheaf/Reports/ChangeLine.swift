import DocumentModel
import Inspection

/// One change on one line: what, both readings, confidence, place.
struct ChangeLine {
  let text: String

  init(_ change: Change, number: Int, style: TerminalStyle) {
    let arrow = style.unicode ? "→" : "->"
    func quoted(_ text: String?) -> String {
      guard let text else { return "" }
      return "\"" + TerminalText.truncatedInMiddle(TerminalText.plain(text), to: Self.widest, mark: style.ellipsis) + "\""
    }
    var parts = [style.paint(TerminalText.padded("#\(number)", to: 4), .dim), Self.place(change)]
    switch change.kind {
    case .added: parts.append(style.paint("+ \(quoted(change.new?.text ?? change.new?.kind))", .green))
    case .removed: parts.append(style.paint("- \(quoted(change.old?.text ?? change.old?.kind))", .red))
    case .changed:
      parts.append(
        "\(style.paint(quoted(change.old?.text), .red)) \(arrow) \(style.paint(quoted(change.new?.text), .green))")
    case .retyped:
      parts.append("\(quoted(change.new?.text))")
      parts.append(
        "\(style.paint(change.old?.kind ?? "", .red)) \(arrow) \(style.paint(change.new?.kind ?? "", .green))")
    case .moved: parts.append("\(quoted(change.new?.text ?? change.new?.kind)) moved")
    case .reordered:
      parts.append(
        "\(quoted(change.new?.text)) from place \((change.old?.index ?? 0) + 1) to \((change.new?.index ?? 0) + 1)")
    case .rescored: parts.append(quoted(change.new?.text))
    }
    if let distance = change.distance { parts.append("\(distance) pt") }
    if let scores = Self.scores(change, arrow) { parts.append(scores) }
    if let box = change.new?.box ?? change.old?.box { parts.append(style.paint(BoxText.of(box), .dim)) }
    text = parts.joined(separator: "  ")
  }

  private static let widest = 60  // columns of a text: two of them and their place fit a line

  private static func place(_ change: Change) -> String {
    if let place = change.place { return "\(change.subject.rawValue) \(TerminalText.plain(place))" }
    return "\(change.subject.rawValue) \((change.new?.index ?? change.old?.index ?? 0))"
  }

  private static func scores(_ change: Change, _ arrow: String) -> String? {
    let (a, b) = (change.old?.confidence?.value, change.new?.confidence?.value)
    switch (a, b) {
    case (let a?, let b?) where a != b: return "\(a) \(arrow) \(b)"
    case (nil, let score?), (let score?, nil): return "\(score)"
    case (let score?, .some) where change.kind != .moved: return "\(score)"
    default: return nil
    }
  }
}
