import CoreMetrics
import Synchronization

/// Where all metrics of this process are counted: the backend of swift-metrics.
///
/// Bounded: a family has at most so many series, and what comes beyond is counted under the label `other`; names that
/// the catalogue does not have are taken as they come, but not without end.
package final class MetricRegistry: Sendable {
  /// Values of a family's labels, in their order.
  typealias Labels = [String]

  enum Series: Sendable {
    case number(NumberSeries)
    case histogram(HistogramSeries)
  }

  struct Entry: Sendable {
    let family: MetricFamily
    var series: [Labels: Series] = [:]
  }

  private let families = Mutex<[String: Entry]>([:])

  /// Series of one family: methods, routes and statuses come to some hundreds.
  private static let seriesLimit = 1_000
  /// Families beside those of the catalogue; there is no series to find for what comes beyond.
  private static let strangeLimit = 64
  /// Characters of a label's value.
  private static let valueLimit = 100

  package init() {}

  /// The one that this process counts in.
  package static let shared: MetricRegistry = {
    let registry = MetricRegistry()
    MetricsSystem.bootstrap(PrometheusFactory(registry: registry))
    return registry
  }()

  /// Everything counted so far, by name.
  var entries: [String: Entry] { families.withLock { $0 } }

  /// The series with these labels, made if it is not there.
  ///
  /// - Returns: nil where there are too many families.
  func series(_ name: String, _ kind: MetricFamily.Kind, _ dimensions: [(String, String)]) -> Series? {
    families.withLock { families in
      if families[name] == nil {
        let known = MetricCatalogue.named(name)
        if known == nil, families.count(where: { MetricCatalogue.named($0.key) == nil }) >= Self.strangeLimit {
          return nil
        }
        families[name] = Entry(family: known ?? Self.strange(name, kind, dimensions))
      }
      guard let family = families[name]?.family, family.kind == kind else { return nil }
      let values = family.labels.map { label in
        String(dimensions.first { $0.0 == label }?.1.prefix(Self.valueLimit) ?? "")
      }
      if let series = families[name]?.series[values] { return series }
      let isFull = (families[name]?.series.count ?? 0) >= Self.seriesLimit
      let labels = isFull ? values.map { _ in "other" } : values
      if let series = families[name]?.series[labels] { return series }
      let series: Series =
        kind == .histogram ? .histogram(HistogramSeries(bounds: family.bounds)) : .number(NumberSeries())
      families[name]?.series[labels] = series
      return series
    }
  }

  private static func strange(
    _ name: String, _ kind: MetricFamily.Kind, _ dimensions: [(String, String)]
  ) -> MetricFamily {
    MetricFamily(
      name, kind, "Not in the catalogue.", labels: dimensions.map(\.0),
      bounds: kind == .histogram ? MetricFamily.brief : [])
  }
}
