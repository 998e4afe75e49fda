import EventLoop

/// What `/metrics` answers: the registry's counts, and what is only read when somebody asks.
package struct MetricsPage {
  private var entries: [String: MetricRegistry.Entry]
  private var numbers: [String: [[String]: Double]] = [:]
  private var histograms: [String: HistogramSeries.Reading] = [:]

  package init(_ registry: MetricRegistry) { entries = registry.entries }

  /// Sets the value of a gauge or a counter, in place of what was counted.
  ///
  /// - Parameter labels: values in the order of the family's labels.
  package mutating func set(_ name: String, _ value: Double, _ labels: String...) {
    numbers[name, default: [:]][labels] = value
  }

  package mutating func set(_ name: String, _ value: Int, _ labels: String...) {
    numbers[name, default: [:]][labels] = Double(value)
  }

  package mutating func set(_ name: String, _ snapshot: Histogram.Snapshot) {
    guard let family = MetricCatalogue.named(name) else { return }
    histograms[name] = HistogramSeries.Reading(snapshot, bounds: family.bounds)
  }

  /// The text format that Prometheus scrapes, version 0.0.4.
  ///
  /// - Source: https://prometheus.io/docs/instrumenting/exposition_formats/
  package func text() -> String {
    var text = PrometheusText()
    let strange = entries.values.map(\.family).filter { MetricCatalogue.named($0.name) == nil }
    for family in MetricCatalogue.families + strange.sorted(by: { $0.name < $1.name }) {
      text.begin(family)
      if family.kind == .histogram { write(family, histogram: &text) } else { write(family, number: &text) }
    }
    return text.text
  }

  private func write(_ family: MetricFamily, number text: inout PrometheusText) {
    var values: [[String]: Double] = [:]
    for (labels, series) in entries[family.name]?.series ?? [:] {
      if case .number(let number) = series { values[labels] = number.value }
    }
    values.merge(numbers[family.name] ?? [:]) { $1 }
    // What has no labels is there from the start, so that rates begin at nothing.
    if values.isEmpty, family.labels.isEmpty { values[[]] = 0 }
    for labels in values.keys.sorted(by: Self.precedes) {
      if let value = values[labels] { text.line(family.name, family.labels, labels, value) }
    }
  }

  private func write(_ family: MetricFamily, histogram text: inout PrometheusText) {
    var readings: [[String]: HistogramSeries.Reading] = [:]
    for (labels, series) in entries[family.name]?.series ?? [:] {
      if case .histogram(let histogram) = series { readings[labels] = histogram.reading }
    }
    if let reading = histograms[family.name] { readings[[]] = reading }
    if readings.isEmpty, family.labels.isEmpty {
      readings[[]] = HistogramSeries.Reading(counts: Array(repeating: 0, count: family.bounds.count + 1))
    }
    for labels in readings.keys.sorted(by: Self.precedes) {
      if let reading = readings[labels] { text.histogram(family, labels, reading) }
    }
  }

  private static func precedes(_ a: [String], _ b: [String]) -> Bool { a.lexicographicallyPrecedes(b) }
}
