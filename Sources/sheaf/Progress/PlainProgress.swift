import Checkpoints
import Engine
import Ledger
import StageKit

/// Progress as lines for logs: `report: ocr 3/40`, not more than people read.
///
/// Pure: events and the time come in, lines go out.
struct PlainProgress: Sendable {
  private var last: [JobID: (line: String, at: Double)] = [:]
  private var lastOfAll = -Double.infinity

  private static let pause = 2.0  // seconds between lines of one job
  private static let pauseOfAll = 0.2  // seconds between lines: a batch of hundreds stays readable

  /// The line to print now, if any.
  ///
  /// - Parameter model: has taken the event already.
  mutating func line(after event: EngineEvent, _ model: ProgressModel, at now: Double) -> String? {
    guard case .transition(let transition) = event, Self.isTold(transition.kind), let unit = transition.unit,
      let job = model.jobs[transition.job], !job.isAtRest
    else { return nil }
    let count = job.count(of: unit.stage)
    let line = "\(job.name): \(unit.stage.rawValue)" + (count.of > 1 ? " \(count.done)/\(count.of)" : "")
    let isNewStage = last[job.job].map { !$0.line.hasPrefix("\(job.name): \(unit.stage.rawValue)") } ?? true
    let isLast = count.of > 1 && count.done == count.of
    let since = now - (last[job.job]?.at ?? -.infinity)
    guard last[job.job]?.line != line, since >= Self.pause || (isLast && !isNewStage),
      now - lastOfAll >= Self.pauseOfAll
    else { return nil }
    last[job.job] = (line, now)
    lastOfAll = now
    return line
  }

  private static func isTold(_ kind: JobEvent.Kind) -> Bool {
    switch kind {
    case .unitStarted, .unitFinished, .unitReused, .unitGap: true
    default: false
    }
  }
}
