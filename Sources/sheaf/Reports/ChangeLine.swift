import DocumentModel
import Inspection

/// One change on one line: what, both readings, confidence, place.
struct ChangeLine {
  let text: String

  init(_ change: Change, number: Int, style: TerminalStyle) {
    let arrow = style.unicode ? "→" : "->"
    func quoted(_ text: String?) -> String {
      guard let text else { return "" }
      return "\"" + TerminalText.truncatedInMiddle(TerminalText.plain(text), to: Self.widest, mark: style.ellipsis)
        + "\""
    }
    var parts = [style.paint(TerminalText.padded("#\(number)", to: 4), .dim), Self.place(change)]
    switch change.kind {
    case .added: parts.append(style.paint("+ \(quoted(change.new?.text ?? change.new?.kind))", .green))
    case .removed: parts.append(style.paint("- \(quoted(change.old?.text ?? change.old?.kind))", .red))
    case .changed:
      let (old, new) = Self.differing(change.old?.text ?? "", change.new?.text ?? "", mark: style.ellipsis)
      parts.append("\(style.paint("\"\(old)\"", .red)) \(arrow) \(style.paint("\"\(new)\"", .green))")
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

  /// Both texts from a little before where they begin to differ.
  private static func differing(_ a: String, _ b: String, mark: String) -> (String, String) {
    let common = zip(a, b).prefix { $0 == $1 }.count
    let start = common > before && max(a.count, b.count) > widest ? common - before : 0
    func part(_ text: String) -> String {
      let rest = TerminalText.plain(String(text.dropFirst(start)))
      let cut = TerminalText.width(rest) > widest ? TerminalText.prefix(rest, columns: widest) + mark : rest
      return (start > 0 ? mark : "") + cut
    }
    return (part(a), part(b))
  }

  private static let before = 20  // characters told before what differs
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
