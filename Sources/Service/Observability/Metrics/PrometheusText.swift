/// Writes Prometheus' text format line by line.
struct PrometheusText {
  private(set) var text = ""

  mutating func begin(_ family: MetricFamily) {
    text += "# HELP \(family.name) \(Self.escape(family.help, quotes: false))\n# TYPE \(family.name) "
    text += family.kind.rawValue + "\n"
  }

  mutating func line(_ name: String, _ labels: [String], _ values: [String], _ value: Double) {
    text += name
    if !labels.isEmpty {
      text +=
        "{" + zip(labels, values).map { "\($0)=\"\(Self.escape($1, quotes: true))\"" }.joined(separator: ",") + "}"
    }
    text += " " + Self.number(value) + "\n"
  }

  mutating func histogram(_ family: MetricFamily, _ values: [String], _ reading: HistogramSeries.Reading) {
    var total: UInt64 = 0
    for (index, count) in reading.counts.enumerated() {
      total &+= count
      let bound = index < family.bounds.count ? Self.number(family.bounds[index]) : "+Inf"
      line(family.name + "_bucket", family.labels + ["le"], values + [bound], Double(total))
    }
    line(family.name + "_sum", family.labels, values, reading.sum)
    line(family.name + "_count", family.labels, values, Double(total))
  }

  private static func number(_ value: Double) -> String {
    if let whole = Int64(exactly: value) { return String(whole) }
    return value.isNaN ? "NaN" : value == .infinity ? "+Inf" : value == -.infinity ? "-Inf" : "\(value)"
  }

  private static func escape(_ text: String, quotes: Bool) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\"" where quotes: escaped += "\\\""
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }
}
