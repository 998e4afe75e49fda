import Checkpoints
import StageKit

/// One job as the hub tells it; belongs to the hub alone.
final class JobChannel {
  let job: JobID
  /// Names the job in the keys of ticks.
  private let number: UInt64
  var board: JobBoard
  /// Subscribers that get its transitions as they happen because they named it.
  var live: Set<Int> = []
  /// The newest ticks that are yet to be told.
  var ticks: [UnitID: Double] = [:]
  /// The snapshot of the board as it is, once somebody wanted it.
  var snapshot: ProgressMessage?
  /// When it was opened, in the hub's count of such moments.
  let opened: Int
  /// Whether those who watched all jobs before it was opened have been told what they were owed up to then.
  var isSettled = false
  /// Those of them who have been told where the job stands since, and are owed nothing.
  var informed: Set<Int> = []

  init(_ board: JobBoard, number: UInt64, opened: Int) {
    job = board.job
    self.board = board
    self.number = number
    self.opened = opened
  }

  /// The number of the newest transition that was told.
  var told: Int64 { board.seq }

  /// Ticks of one unit take each other's place.
  func key(of unit: UnitID) -> UInt64 {
    let subject: UInt64 =
      switch unit.subject {
      case .document: 0
      case .page(let page): UInt64(clamping: page) & 0xFF_FFFF
      case .format(let name): UInt64(ExportFormat.allCases.firstIndex { $0.rawValue == name } ?? 0) + 1
      }
    // 36 bits for the job, 4 for the stage, 24 for the page: far from the largest numbers, which are the server's own.
    return (number & 0xF_FFFF_FFFF) << 28 | UInt64(unit.stage.number & 15) << 24 | subject
  }
}
