import CoreMetrics

/// Hands out the registry's series to whoever counts through swift-metrics.
struct PrometheusFactory: MetricsFactory {
  let registry: MetricRegistry

  func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    number(label, .counter, dimensions)
  }

  func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    number(label, .counter, dimensions)
  }

  func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    number(label, .gauge, dimensions)
  }

  func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
    histogram(label, dimensions)
  }

  func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    histogram(label, dimensions)
  }

  // Series stay: a counter that went back to nothing would look like a restart.
  func destroyCounter(_ handler: any CounterHandler) {}
  func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
  func destroyMeter(_ handler: any MeterHandler) {}
  func destroyRecorder(_ handler: any RecorderHandler) {}
  func destroyTimer(_ handler: any TimerHandler) {}

  private func number(_ label: String, _ kind: MetricFamily.Kind, _ dimensions: [(String, String)]) -> NumberSeries {
    if case .number(let series)? = registry.series(label, kind, dimensions) { return series }
    // Counted nowhere: there are too many names, or one name is used for two kinds.
    return NumberSeries()
  }

  private func histogram(_ label: String, _ dimensions: [(String, String)]) -> HistogramSeries {
    if case .histogram(let series)? = registry.series(label, .histogram, dimensions) { return series }
    return HistogramSeries(bounds: [])
  }
}
