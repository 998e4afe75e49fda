import Checkpoints
import CoreMetrics
import Ledger
import StageKit

/// Counts units, workers and jobs through swift-metrics; nothing where no backend is set up.
///
/// Labels are stages, states, outcomes and the numbers of slots: small sets, never a job.
enum EngineMeter {
  /// Why a worker process made room for another.
  enum Reason: String {
    /// It has done as many units as one may.
    case worn
    /// It holds more memory than one may.
    case grown
    /// It crashed, was ended for a limit, or was interrupted at its unit.
    case fault
  }

  /// A worker is through with a unit, whatever came of it.
  static func ran(_ stage: StageID, _ outcome: UnitOutcome, since began: ContinuousClock.Instant) {
    Timer(label: "sheaf_unit_duration_seconds", dimensions: [("stage", stage.rawValue)])
      .recordSeconds((ContinuousClock.now - began) / .seconds(1))
    guard let seconds = outcome.use.cpuSeconds, seconds.isFinite, seconds > 0 else { return }
    FloatingPointCounter(label: "sheaf_unit_cpu_seconds_total", dimensions: [("stage", stage.rawValue)])
      .increment(by: seconds)
  }

  /// The end of an attempt stands in the ledger.
  static func ended(_ stage: StageID, _ outcome: AttemptOutcome) { count(stage, outcome.name) }

  /// What stood under a unit's key served.
  static func reused(_ stage: StageID) { count(stage, "reused") }

  static func rested(_ state: JobState) {
    Counter(label: "sheaf_jobs_rested_total", dimensions: [("state", state.rawValue)]).increment()
  }

  static func workerStarted() { Counter(label: "sheaf_worker_starts_total").increment() }

  static func workerHolds(_ bytes: Int, slot: Int) {
    Meter(label: "sheaf_worker_resident_bytes", dimensions: [("slot", String(slot))]).set(bytes)
  }

  /// - Parameter reason: nil where there is no more work for it.
  static func workerIsGone(slot: Int, _ reason: Reason?) {
    workerHolds(0, slot: slot)
    guard let reason else { return }
    Counter(label: "sheaf_worker_recycles_total", dimensions: [("reason", reason.rawValue)]).increment()
  }

  static func reason(_ outcome: UnitOutcome, isTooLarge: Bool) -> Reason {
    switch outcome.ending {
    case .finished, .failed: isTooLarge ? .grown : .worn
    case .died, .stopped: .fault
    }
  }

  private static func count(_ stage: StageID, _ outcome: String) {
    Counter(label: "sheaf_units_total", dimensions: [("stage", stage.rawValue), ("outcome", outcome)]).increment()
  }
}
