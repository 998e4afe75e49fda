import Checkpoints
import StageKit

/// The lines that say how a job ended, and what to do about it.
enum JobClosing {
  /// `report: 40 pages in 12 s (200/min)`, with a mark before it that tells the state at a glance.
  static func line(_ job: JobProgress, at now: Double, style: TerminalStyle) -> String {
    ending(job, at: now, style: style) + repeated(job)
  }

  /// How to go on with a paused job.
  static func advice(_ job: JobProgress, at place: JobPlace) -> String {
    let needsPassword = job.failure.map { [.passwordRequired, .passwordWrong].contains($0.code) } ?? false
    return "sheaf: \(job.name): \(place.resume(job.job, needsPassword: needsPassword))"
  }

  /// What to do about a pin that is out of date.
  static func conflict(_ unit: UnitID, of job: JobID, _ subject: String?, at place: JobPlace) -> String {
    let name = subject.map { "\($0): " } ?? ""
    return "sheaf: \(name)\(unit) was edited by hand, and its stage makes something else by now. "
      + place.resolve(unit, of: job)
  }

  /// What a job lacks, line by line.
  ///
  /// - Parameter lines: of `MissingParts`.
  static func missing(_ lines: [String], of job: JobProgress, at place: JobPlace) -> [String] {
    var told = lines.prefix(mostFailures).map { "sheaf: \(job.name): \($0)" }
    if lines.count > mostFailures {
      told.append("sheaf: \(job.name): and \(lines.count - mostFailures) more; see \(place.details(job.job))")
    }
    return told
  }

  private static let mostFailures = 10  // lines: what is read; the rest is in `status`

  /// What a rerun by force has shown: `, 3 run again, all equal`.
  private static func repeated(_ job: JobProgress) -> String {
    let count = job.repeatedEqual + job.repeatedDifferent
    guard count > 0 else { return "" }
    let result = job.repeatedDifferent == 0 ? "all equal" : "\(job.repeatedDifferent) different"
    return ", \(count) run again, \(result)"
  }

  private static func ending(_ job: JobProgress, at now: Double, style: TerminalStyle) -> String {
    let time = job.elapsed(at: now).map { " in \(Measure.duration($0))" } ?? ""
    let rate = job.rate(at: now).map { " (\(Int($0.rounded()))/min)" } ?? ""
    let pages = job.pageCount > 0 ? Measure.count(job.pageCount, "page") : "done"
    switch job.state {
    case .completed where job.unitsWorked == 0 && job.pageCount > 0:
      return "\(style.doneMark) \(job.name): \(pages), all there already"
    case .completed where job.pagesWorked == 0 && job.pageCount > 0:
      return "\(style.doneMark) \(job.name): \(pages), \(Measure.count(job.unitsWorked, "unit")) made anew\(time)"
    case .completed: return "\(style.doneMark) \(job.name): \(pages)\(time)\(rate)"
    case .completedWithErrors:
      let missing = job.missing.isEmpty ? "with errors" : "\(job.missing) missing"
      return "\(style.warningMark) \(job.name): \(pages)\(time)\(rate), \(missing)"
    case .failed: return "\(style.failureMark) \(job.name): failed"
    case .cancelled: return "\(style.failureMark) \(job.name): cancelled"
    case .paused: return "\(style.warningMark) \(job.name): paused"
    case .queued, .running: return "\(style.warningMark) \(job.name): not finished"
    }
  }
}
