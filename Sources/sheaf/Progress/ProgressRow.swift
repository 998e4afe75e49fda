import StageKit

/// One line of the display before it is laid out.
struct ProgressRow: Sendable, Hashable {
  var name: String
  /// 0…1.
  var fraction: Double
  var pages = ""
  var rate = ""
  var timeLeft = ""
  var stages = ""

  /// - Parameter now: on the watcher's clock.
  init(_ job: JobProgress, at now: Double, style: TerminalStyle) {
    name = job.name
    fraction = job.fraction
    if job.pageCount > 0 { pages = "\(job.pagesDone)/\(Measure.count(job.pageCount, "page"))" }
    rate = Self.rate(job.rate(at: now))
    timeLeft = Self.left(job.timeLeft(at: now))
    stages = job.stages.map { stage in
      stage.of > 1 ? "\(stage.stage.rawValue) \(stage.done)/\(stage.of)" : stage.stage.rawValue
    }.joined(separator: style.separator)
  }

  /// The line of all jobs together.
  init(total model: ProgressModel, at now: Double) {
    name = "\(model.atRest)/\(Measure.count(model.expected, "document"))"
    fraction = model.fraction
    pages = Measure.count(model.pagesDone, "page")
    rate = Self.rate(model.rate(at: now))
    timeLeft = Self.left(model.timeLeft(at: now))
    stages = model.failed > 0 ? "\(model.failed) failed" : ""
  }

  private static func rate(_ rate: Double?) -> String {
    guard let rate else { return "" }
    return (rate < 10 ? Measure.oneDecimal(rate) : String(Int(min(rate, 1e6).rounded()))) + "/min"
  }

  private static func left(_ seconds: Double?) -> String { seconds.map { Measure.clock($0) + " left" } ?? "" }
}
