import CanonicalJSON
import StageKit

/// The stages with their options, for people.
enum StageListing {
  static func lines(_ rows: [StageDescriptor], style: TerminalStyle) -> [String] {
    var lines: [String] = []
    for stage in StageID.allCases {
      let rows = rows.filter { $0.stage == stage }
      guard let first = rows.first else { continue }
      if !lines.isEmpty { lines.append("") }
      lines.append(
        "\(Measure.twoDigits(stage.number))  \(style.paint(stage.rawValue, .bold))  \(style.paint(scope(first.scope), .dim))"
      )
      let formats = rows.compactMap(\.format?.rawValue)
      if !formats.isEmpty { lines.append("    formats: \(formats.joined(separator: " "))") }
      lines += options(rows).flatMap { Self.lines($0, of: stage, style: style) }
    }
    return lines
  }

  /// What can be written behind `--set stage.option=`, by default: `on`, `216`, `eng+deu`.
  static func typed(_ value: JSONValue) -> String {
    switch value {
    case .bool(let flag): flag ? "on" : "off"
    case .string(let text): text.isEmpty ? "(empty)" : text
    case .array(let items): items.map(typed).joined(separator: "+")
    default: String(decoding: (try? value.canonicalBytes) ?? [], as: UTF8.self)  // Plans hold no NaN.
    }
  }

  /// What an option takes: `on|off`, `72…600`, `a|b`.
  static func allowed(_ option: OptionDescriptor) -> String {
    switch option.kind {
    case .flag: return "on|off"
    case .choice: return (option.choices ?? []).joined(separator: "|")
    case .list: return (option.choices.map { $0.joined(separator: "|") } ?? "name") + "+..."
    case .text: return "text"
    case .integer, .number:
      guard let minimum = option.minimum, let maximum = option.maximum else { return option.kind.rawValue }
      return "\(plain(minimum)) to \(plain(maximum))"
    }
  }

  private static func lines(_ option: OptionDescriptor, of stage: StageID, style: TerminalStyle) -> [String] {
    [
      "    \(style.paint("\(stage.rawValue).\(option.name)", .cyan))=\(typed(option.default))"
        + style.paint("  (\(allowed(option)))", .dim),
      "        \(option.help)",
    ]
  }

  /// The formats of export share options; each is listed once.
  private static func options(_ rows: [StageDescriptor]) -> [OptionDescriptor] {
    var names: Set<String> = []
    return rows.flatMap(\.options).filter { names.insert($0.name).inserted }
  }

  private static func scope(_ scope: StageScope) -> String {
    switch scope {
    case .page: "page by page"
    case .document, .documentWithParts: "over the document"
    case .format: "format by format"
    }
  }

  private static func plain(_ number: Double) -> String { typed(.number(number)) }
}
