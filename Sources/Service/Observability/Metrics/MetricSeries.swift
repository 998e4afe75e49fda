import CoreMetrics
import EventLoop
import Synchronization

/// One number that goes up, or up and down: a series of a counter or a gauge.
final class NumberSeries: Sendable {
  private let cell = Mutex(0.0)

  var value: Double { cell.withLock { $0 } }

  func add(_ amount: Double) { cell.withLock { $0 += amount } }

  func replace(_ value: Double) { cell.withLock { $0 = value } }
}

extension NumberSeries: CounterHandler, FloatingPointCounterHandler, MeterHandler {
  func increment(by amount: Int64) { add(Double(amount)) }

  func increment(by amount: Double) { if amount.isFinite { add(amount) } }

  func decrement(by amount: Double) { if amount.isFinite { add(-amount) } }

  func set(_ value: Int64) { replace(Double(value)) }

  func set(_ value: Double) { replace(value) }

  func reset() { replace(0) }
}
