import CoreMetrics
import EventLoop
import Foundation
import Testing

@testable import Service

@Suite("Metrics")
struct MetricsPageTests {
  private let registry = MetricRegistry()
  private var factory: PrometheusFactory { PrometheusFactory(registry: registry) }

  private func lines(_ beginning: String) -> [String] {
    MetricsPage(registry).text().split(separator: "\n").map(String.init).filter { $0.hasPrefix(beginning) }
  }

  @Test("what is counted in one place under the same labels is one series")
  func sameSeries() {
    for amount in [2, 3] {
      CoreMetrics.Counter(
        label: "sheaf_units_total", dimensions: [("outcome", "succeeded"), ("stage", "ocr")], factory: factory
      ).increment(by: amount)
    }
    #expect(lines("sheaf_units_total") == [#"sheaf_units_total{stage="ocr",outcome="succeeded"} 5"#])
  }

  @Test("a timer is a histogram in seconds whose buckets add up")
  func timer() {
    let timer = CoreMetrics.Timer(label: "sheaf_checkpoint_fsync_seconds", factory: factory)
    timer.recordSeconds(0.003)
    timer.recordSeconds(0.3)
    timer.recordSeconds(100.0)
    let all = lines("sheaf_checkpoint_fsync_seconds")
    #expect(all.contains(#"sheaf_checkpoint_fsync_seconds_bucket{le="0.0025"} 0"#))
    #expect(all.contains(#"sheaf_checkpoint_fsync_seconds_bucket{le="0.005"} 1"#))
    #expect(all.contains(#"sheaf_checkpoint_fsync_seconds_bucket{le="0.5"} 2"#))
    #expect(all.contains(#"sheaf_checkpoint_fsync_seconds_bucket{le="10"} 2"#))
    #expect(all.contains(#"sheaf_checkpoint_fsync_seconds_bucket{le="+Inf"} 3"#))
    #expect(all.contains("sheaf_checkpoint_fsync_seconds_count 3"))
    #expect(all.last { $0.hasPrefix("sheaf_checkpoint_fsync_seconds_sum") }?.hasSuffix("100.303") == true)
  }

  @Test("a family has a bounded number of series, and what comes beyond is counted together")
  func bounded() {
    for number in 0..<5_000 {
      CoreMetrics.Counter(
        label: "sheaf_http_requests_total",
        dimensions: [("method", "GET"), ("route", "/\(number)"), ("status", "200")], factory: factory
      ).increment()
    }
    let all = lines("sheaf_http_requests_total")
    #expect(all.count == 1_001)
    #expect(all.contains(#"sheaf_http_requests_total{method="other",route="other",status="other"} 4000"#))
  }

  @Test("names without end are not taken")
  func boundedNames() {
    for number in 0..<1_000 {
      CoreMetrics.Counter(label: "sheaf_made_up_\(number)_total", factory: factory).increment()
    }
    let types = lines("# TYPE")
    #expect(types.count <= MetricCatalogue.families.count + 64)
    #expect(types.count > MetricCatalogue.families.count)
  }

  @Test("labels and helps are escaped, and a value that is too long is cut")
  func escaped() {
    CoreMetrics.Counter(
      label: "sheaf_jobs_rested_total", dimensions: [("state", "a\"b\\c\nd" + String(repeating: "x", count: 500))],
      factory: factory
    ).increment()
    let line = lines("sheaf_jobs_rested_total").first ?? ""
    #expect(line.hasPrefix(#"sheaf_jobs_rested_total{state="a\"b\\c\ndxxx"#))
    #expect(line.count < 200)
  }

  @Test("every family of the catalogue has a name, a unit and a help as Prometheus wants them")
  func catalogue() {
    let names = MetricCatalogue.families.map(\.name)
    #expect(Set(names).count == names.count)
    for family in MetricCatalogue.families {
      #expect(family.name.hasPrefix("sheaf_"))
      #expect((family.kind == .counter) == family.name.hasSuffix("_total"), "\(family.name)")
      #expect(family.help.hasSuffix("."), "\(family.name)")
      #expect((family.kind == .histogram) == !family.bounds.isEmpty, "\(family.name)")
      #expect(family.bounds == family.bounds.sorted(), "\(family.name)")
      #expect(!family.labels.contains { ["job", "document", "user", "key"].contains($0) }, "\(family.name)")
    }
  }

  @Test("the loop's own histogram is told in the family's bounds")
  func loopHistogram() {
    let histogram = Histogram()
    for milliseconds in [0, 3, 3, 40] { histogram.record(.milliseconds(milliseconds)) }
    var page = MetricsPage(registry)
    page.set("sheaf_event_loop_lag_seconds", histogram.snapshot())
    let text = page.text()
    #expect(text.contains(#"sheaf_event_loop_lag_seconds_bucket{le="0.005"} 3"#))
    #expect(text.contains(#"sheaf_event_loop_lag_seconds_bucket{le="0.1"} 4"#))
    #expect(text.contains("sheaf_event_loop_lag_seconds_count 4"))
    #expect(text.contains("sheaf_event_loop_lag_seconds_sum 0.046"))
  }

  @Test("a scrape while everything counts adds up in the end")
  func concurrent() async {
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask { [factory, registry] in
          for number in 0..<1_000 {
            CoreMetrics.Counter(
              label: "sheaf_units_total", dimensions: [("stage", "s\(number % 7)"), ("outcome", "o")], factory: factory
            ).increment()
            if number % 250 == 0 { _ = MetricsPage(registry).text() }
          }
        }
      }
    }
    let sum = lines("sheaf_units_total").compactMap { Int($0.split(separator: " ").last ?? "") }.reduce(0, +)
    #expect(sum == 4_000)
  }
}
