import Checkpoints
import Ledger
import StageKit

/// How long a unit of each stage takes: medians of what is on record, the job's own before others'.
struct StageTimes: Sendable {
  private let own: [StageID: Double]
  private let others: [StageID: Double]

  init(_ survey: JobSurvey) async throws {
    let own = Self.medians(try await survey.ledger.attempts(of: survey.job, unit: nil))
    self.own = own
    guard StageID.allCases.contains(where: { own[$0] == nil }) else {
      others = [:]
      return
    }
    var attempts: [AttemptRecord] = []
    for job in try await survey.ledger.jobs(states: nil, before: nil, limit: Self.neighbours)
    where job.manifest.id != survey.job {
      attempts += try await survey.ledger.attempts(of: job.manifest.id, unit: nil)
    }
    others = Self.medians(attempts)
  }

  /// Seconds from the order to the commit; nil where the stage never ran in this data folder of late.
  func seconds(of stage: StageID) -> Double? { own[stage] ?? others[stage] }

  /// Jobs: enough for every stage to have been met, few enough to be read in a moment.
  private static let neighbours = 20

  private static func medians(_ attempts: [AttemptRecord]) -> [StageID: Double] {
    var durations: [StageID: [Double]] = [:]
    for attempt in attempts where attempt.outcome == .succeeded {
      if let finished = attempt.finished {
        durations[attempt.unit.stage, default: []].append(finished - attempt.started)
      }
    }
    return durations.mapValues { values in
      let sorted = values.sorted()
      return max(0, (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2)
    }
  }
}
