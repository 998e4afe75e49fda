import CanonicalJSON

extension OptionDescriptor {
  /// Reads a value as typed on a command line: `on`, `216`, `0.4`, `eng+deu`.
  ///
  /// - Throws: `StageFailure` with `invalid_option`, naming what is allowed and the nearest right value.
  package func parse(_ text: String, stage: StageID) throws(StageFailure) -> JSONValue {
    switch kind {
    case .flag:
      switch text.lowercased() {
      case "true", "on", "yes", "1": return .bool(true)
      case "false", "off", "no", "0": return .bool(false)
      default: throw rejected(text, stage, "takes on or off")
      }
    case .integer:
      guard let value = Int64(text) else { throw rejected(text, stage, "takes a whole number") }
      return try checked(.integer(value), stage: stage)
    case .number:
      guard let value = Double(text), value.isFinite else { throw rejected(text, stage, "takes a number") }
      return try checked(.number(value), stage: stage)
    case .text, .choice:
      return try checked(.string(text), stage: stage)
    case .list:
      let items = text.split(whereSeparator: { $0 == "+" || $0 == "," }).map { JSONValue.string(String($0)) }
      return try checked(.array(items), stage: stage)
    }
  }

  /// The value, if this option can take it; a whole number serves where a number is wanted.
  ///
  /// - Throws: `StageFailure` with `invalid_option`.
  package func checked(_ value: JSONValue, stage: StageID) throws(StageFailure) -> JSONValue {
    switch (kind, value) {
    case (.flag, .bool): return value
    case (.integer, .integer(let number)):
      try checkRange(Double(number), stage)
      return value
    case (.number, .integer(let number)):
      try checkRange(Double(number), stage)
      return .number(Double(number))
    case (.number, .number(let number)):
      try checkRange(number, stage)
      return value
    case (.text, .string(let text)):
      guard text.utf8.count <= Self.longestText else {
        throw rejected(String(text.prefix(20)) + "…", stage, "takes at most \(Self.longestText) bytes")
      }
      return value
    case (.choice, .string(let text)):
      try checkChoice(text, stage)
      return value
    case (.list, .array(let items)):
      guard !items.isEmpty else { throw rejected("", stage, "takes at least one value") }
      for item in items {
        guard let text = item.string else { throw rejected("\(item)", stage, "takes a list of names") }
        try checkChoice(text, stage)
      }
      return value
    default:
      throw rejected("\(value)", stage, "takes a \(kind.rawValue)")
    }
  }

  private static let longestText = 4096  // bytes: an address or a sentence, never a document

  private func checkRange(_ number: Double, _ stage: StageID) throws(StageFailure) {
    if let minimum, let maximum, number < minimum || number > maximum {
      throw rejected(Self.plain(number), stage, "takes \(Self.plain(minimum)) to \(Self.plain(maximum))")
    }
  }

  private func checkChoice(_ text: String, _ stage: StageID) throws(StageFailure) {
    guard let choices, !choices.contains(text) else { return }
    let nearest = NearestName.of(text, in: choices).map { " Did you mean \($0)?" } ?? ""
    throw rejected(text, stage, "takes one of \(choices.joined(separator: ", ")).\(nearest)")
  }

  private func rejected(_ value: String, _ stage: StageID, _ allowed: String) -> StageFailure {
    StageFailure(
      .invalidOption, "\(stage.rawValue).\(name) cannot be \"\(value)\".",
      hint: "It \(allowed)\(allowed.hasSuffix("?") || allowed.hasSuffix(".") ? "" : ".")")
  }

  private static func plain(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
  }
}
