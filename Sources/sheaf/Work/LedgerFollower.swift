import Checkpoints
import Engine
import Foundation
import Ledger
import StageKit

/// Follows a job that another command works on, from the ledger and from what that command says of running units.
struct LedgerFollower {
  let data: DataOption
  let job: String
  let json: Bool

  private static let pause = Duration.milliseconds(200)  // short to the eye, long for a ledger
  private static let batch = 500  // events: a read of a millisecond or two

  @MainActor
  func follow() async throws -> CommandOutcome {
    let (record, ledger) = try await data.job(job)
    let id = record.manifest.id
    let console = Console(json: json)
    defer { console.erase() }
    var model = ProgressModel(expected: 1, at: Moment.steady())
    var seq = record.seq
    model.admit(
      JobProgress(
        job: id, name: record.manifest.name, state: record.manifest.state, units: try await ledger.units(of: id),
        failure: record.manifest.failure, at: Moment.steady()))
    while let progress = model.jobs[id], !progress.isAtRest {
      let owner = try ControlClient(data.folder)
      guard owner != nil else { throw unowned }
      let events = try await ledger.events(of: id, since: seq, limit: Self.batch)
      var news = events.map { EngineEvent.transition($0) }
      if events.contains(where: { $0.kind == .unitFinished && $0.unit?.stage == .ingest }) {
        // Ingest tells how many units there are.
        let units = try await ledger.units(of: id)
        news.append(.planned(id, Dictionary(units.map { ($0.unit.stage, 1) }, uniquingKeysWith: +)))
      }
      // An owner that is just leaving takes nothing from what the ledger tells.
      let live = try? await owner?.status(id)
      news += (live?.running ?? []).map { .tick(id, $0.unit, $0.fraction) }
      for event in news {
        model.apply(event, at: Moment.steady())
        console.show(event, model, at: Moment.steady())
      }
      seq = events.last?.seq ?? seq
      console.draw(model, at: Moment.steady())
      if events.count < Self.batch { try await Task.sleep(for: Self.pause) }
    }
    guard let progress = model.jobs[id] else { return .failed }
    console.tell(JobClosing.line(progress, at: Moment.steady(), style: console.style))
    switch progress.state {
    case .completed: return .done
    case .completedWithErrors: return .pageErrors
    case .queued, .running, .paused, .failed, .cancelled: return .failed
    }
  }

  /// Nothing would ever come.
  private var unowned: StageFailure {
    StageFailure(
      .jobUnfinished, "Nobody works on the job.", hint: "Go on with: sheaf resume \(job)\(data.repeated)")
  }
}
