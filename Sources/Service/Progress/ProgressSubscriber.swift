import Checkpoints

/// One who watches jobs; belongs to the hub alone.
///
/// What it holds is bounded: its sink, its subscriptions, and as many catch-ups as it has subscriptions.
final class ProgressSubscriber {
  /// How a job that it named is told.
  enum Following: Hashable {
    /// Transitions come as they happen.
    case live
    /// What it missed is being told first.
    case catchingUp
  }

  /// What is yet to be told before transitions come as they happen.
  enum CatchUp {
    /// A snapshot of a job, or the transitions after a number.
    case job(JobID, since: Int64?)
    /// The unfinished jobs, after the one that was told last.
    case all(after: PageCursor?)
  }

  let id: Int
  let principal: Principal
  let sink: any ProgressSink
  /// The jobs that it named.
  var named: Set<JobID> = []
  /// Jobs that are told to it alone: those it named, and, of those who watch all, those that are catching up.
  var following: [JobID: Following] = [:]
  var watchesAll = false
  /// Since when it is told of all jobs, in the hub's count of such moments; nil while it is not.
  var watchingSince: Int?
  /// Each with a number, by which one that took a while is known again.
  private(set) var catchUps: [(number: Int, what: CatchUp)] = []
  private var lastNumber = 0
  var isFeeding = false
  /// Whether it goes on once its queue is empty.
  var awaitsRoom = false

  init(id: Int, principal: Principal, sink: any ProgressSink) {
    self.id = id
    self.principal = principal
    self.sink = sink
  }

  func queue(_ what: CatchUp) {
    lastNumber += 1
    catchUps.append((lastNumber, what))
  }

  /// Replaces the first catch-up if it is still the one of this number, or ends it.
  ///
  /// - Returns: false where it was given up meanwhile.
  @discardableResult
  func advance(_ number: Int, to next: CatchUp?) -> Bool {
    guard catchUps.first?.number == number else { return false }
    if let next { catchUps[0].what = next } else { catchUps.removeFirst() }
    return true
  }

  /// Forgets what is yet to be told of a job.
  func dropCatchUp(of job: JobID) {
    catchUps.removeAll { if case .job(job, _) = $0.what { true } else { false } }
  }

  func dropCatchUpOfAll() {
    catchUps.removeAll { if case .all = $0.what { true } else { false } }
  }

  func dropCatchUps() { catchUps = [] }
}
