/// A table as CSV. Source: RFC 4180.
struct CSVTable {
  let grid: TableGrid
  let options: CSVOptions

  func forEachLine(_ body: (TracedText) throws -> Void) throws {
    let sign = String(options.csvDelimiter.sign)
    // What cells over several rows still say in the rows below, by column, and up to which row.
    var merged = [(value: TracedText, end: Int)](repeating: ("", 0), count: grid.columns)
    var number = 0
    try grid.forEachRow { row in
      var values = merged.map { $0.end > number ? $0.value : "" }
      for place in row {
        let value = Self.value(place.text.traced, options)
        values[place.column] = value
        guard options.csvRepeatMerged else { continue }
        for column in place.column..<(place.column + place.columnSpan) {
          values[column] = value
          merged[column] = (value, place.row + place.rowSpan)
        }
      }
      number += 1
      try body(values.joined(separator: sign) + "\r\n")
    }
  }

  private static func value(_ text: TracedText, _ options: CSVOptions) -> TracedText {
    let guarded = options.csvGuard && isFormula(text.string) ? "'" + text : text
    // By scalars: with a combining mark behind it, a sign is no character of its own.
    let signs = options.csvDelimiter.sign.unicodeScalars
    guard guarded.unicodeScalars.contains(where: { signs.contains($0) || $0 == "\"" || isLineEnd($0) }) else {
      return guarded
    }
    let doubled = guarded.rewritten { scalar, _, result in
      if scalar == "\"" { result += "\"" }
      result.unicodeScalars.append(scalar)
    }
    return "\"\(doubled)\""
  }

  private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool {
    (0x0A...0x0D).contains(scalar.value) || [0x85, 0x2028, 0x2029].contains(scalar.value)
  }

  /// Whether a spreadsheet would compute it. Numbers with a sign are none.
  ///
  /// Source: OWASP, "CSV Injection".
  private static func isFormula(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, "=+-@\t\r＝＋－＠".unicodeScalars.contains(first) else {
      return false
    }
    let rest = text.unicodeScalars.dropFirst()
    let isNumber =
      (first == "+" || first == "-") && !rest.isEmpty
      && rest.allSatisfy { ("0"..."9").contains($0) || " .,%€$£".unicodeScalars.contains($0) }
    return !isNumber
  }
}
