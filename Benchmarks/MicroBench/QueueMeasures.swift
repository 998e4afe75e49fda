import Checkpoints
import Engine
import StageKit

/// Putting units into the scheduler's queue and taking them out again.
enum QueueMeasures {
  private static let jobs = 100
  private static let pages = 1000

  static func all() -> [Measure] {
    var generator = SystemRandomNumberGenerator()
    let ids = (0..<jobs).map { _ in JobID(using: &generator) }
    return [
      Measure(name: "queue: 1,000 pages of one job", operations: pages) { drain(ids.prefix(1), pages: pages) },
      Measure(name: "queue: ten pages of 100 jobs each", operations: pages) { drain(ids[...], pages: pages / jobs) },
    ]
  }

  private static func drain(_ ids: ArraySlice<JobID>, pages: Int) {
    let tenant = WorkerTenant(owner: "", document: Digest(of: [UInt8]()), .owner)
    var queue = FairUnitQueue()
    for id in ids {
      queue.open(id, priority: 0, tenant: tenant)
      for page in 1...pages { queue.enqueue(QueuedUnit(job: id, unit: UnitID(.render, .page(page)), alone: false)) }
    }
    var slot = 0
    while let unit = queue.claim(running: 1, slot: slot, staying: tenant, sparing: []) {
      queue.charge(unit.job, seconds: 0.01)
      slot = 1 - slot
    }
  }
}
