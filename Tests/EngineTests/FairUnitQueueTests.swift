import Checkpoints
import StageKit
import Testing

@testable import Engine

@Suite("The queue of units")
struct FairUnitQueueTests {
  private let a = job("aaaaaaaaaa")
  private let b = job("bbbbbbbbbb")
  private let c = job("cccccccccc")

  @Test("serves a job's document units first, then page after page")
  func order() {
    var queue = FairUnitQueue()
    queue.open(a, priority: 0, owner: "")
    for name in ["render/2", "ocr/1", "render/1", "layout/10", "regions", "tables/2"] { queue.add(name, a) }
    #expect(queue.drain() == ["regions", "render/1", "ocr/1", "render/2", "tables/2", "layout/10"])
  }

  @Test("lets a job that used less go before one that used more")
  func fairness() {
    var queue = FairUnitQueue()
    queue.open(a, priority: 0, owner: "")
    for page in 1...3 { queue.add("ocr/\(page)", a) }
    #expect(queue.claim(running: 0)?.job == a)
    queue.charge(a, seconds: 3)
    queue.open(b, priority: 0, owner: "")
    for page in 1...3 { queue.add("ocr/\(page)", b) }
    // A newcomer begins where the least served one is, so nobody has to wait for it to catch up.
    #expect(queue.claim(running: 1)?.job == a)
    queue.charge(a, seconds: 1)
    #expect(queue.claim(running: 1)?.job == b)
    #expect(queue.claim(running: 1)?.job == b)
  }

  @Test("lets a worker stay with one tenant for a second of processor time, then serves the other")
  func turns() {
    var queue = FairUnitQueue()
    let tenants = ["ann", "bob"].map { WorkerTenant(owner: $0, document: Digest(of: []), .owner) }
    for (job, tenant) in zip([a, b], tenants) {
      queue.open(job, priority: 0, tenant: tenant)
      for page in 1...40 { queue.add("ocr/\(page)", job) }
    }
    var served: [JobID] = []
    var last: WorkerTenant?
    while let unit = queue.claim(running: 1, staying: last) {
      last = unit.job == a ? tenants[0] : tenants[1]
      served.append(unit.job)
      queue.charge(unit.job, seconds: 0.25)
    }
    let changes = zip(served, served.dropFirst()).count { $0 != $1 }
    #expect(served.count == 80)
    #expect((8...20).contains(changes))
    // Nobody ever runs further ahead than a turn and a unit.
    var ahead = 0.0
    for job in served {
      ahead += job == a ? 0.25 : -0.25
      #expect(abs(ahead) <= 1.5)
    }
  }

  @Test("shares the workers evenly between owners, however many jobs each has")
  func owners() {
    var queue = FairUnitQueue()
    for job in [a, b] {
      queue.open(job, priority: 0, owner: "ann")
      for page in 1...4 { queue.add("ocr/\(page)", job) }
    }
    queue.open(c, priority: 0, owner: "bob")
    for page in 1...4 { queue.add("ocr/\(page)", c) }
    var served: [JobID] = []
    while let unit = queue.claim(running: 1) {
      served.append(unit.job)
      queue.charge(unit.job, seconds: 1)
    }
    #expect(served.prefix(8).count { $0 == c } == 4)
    #expect(served.prefix(8).count { $0 == a } == 2)
    // One who has nothing here begins where the least served one is, and saves up no turns.
    queue.close(c)
    queue.open(c, priority: 0, owner: "bob")
    for page in 5...6 { for job in [a, c] { queue.add("ocr/\(page)", job) } }
    served = []
    while let unit = queue.claim(running: 1) {
      served.append(unit.job)
      queue.charge(unit.job, seconds: 1)
    }
    #expect(Set(served.prefix(2)) == [a, c] && Set(served.suffix(2)) == [a, c])
  }

  @Test("serves higher priorities first, whatever they used")
  func priority() {
    var queue = FairUnitQueue()
    queue.open(a, priority: 0, owner: "")
    queue.open(b, priority: 5, owner: "")
    queue.add("ocr/1", a)
    queue.add("ocr/1", b)
    queue.add("ocr/2", b)
    queue.charge(b, seconds: 100)
    #expect(queue.claim(running: 0)?.job == b)
    #expect(queue.claim(running: 0)?.job == b)
    #expect(queue.claim(running: 0)?.job == a)
  }

  @Test("leaves a page to the worker that has begun it, unless that one is busy")
  func affinity() {
    var queue = FairUnitQueue()
    queue.open(a, priority: 0, owner: "")
    for page in 1...3 { queue.add("render/\(page)", a) }
    #expect(queue.claim(running: 0, slot: 0)?.unit.page == 1)
    #expect(queue.claim(running: 1, slot: 1)?.unit.page == 2)
    queue.add("ocr/1", a)
    queue.add("ocr/2", a)
    #expect(queue.claim(running: 2, slot: 1)?.unit == UnitID(.ocr, .page(2)))
    // A page that nobody has begun goes before one that another has begun, and that one only where its worker is busy.
    #expect(queue.claim(running: 2, slot: 1)?.unit == UnitID(.render, .page(3)))
    #expect(queue.claim(running: 2, slot: 1, sparing: [0]) == nil)
    #expect(queue.claim(running: 2, slot: 1)?.unit == UnitID(.ocr, .page(1)))
    queue.add("layout/1", a)
    queue.add("regions", a)
    #expect(queue.claim(running: 2, slot: 1)?.unit == UnitID(.regions))
    #expect(queue.claim(running: 2, slot: 1)?.unit == UnitID(.layout, .page(1)))
  }

  @Test("gives out all units once, in order, whatever the order they came in")
  func ranks() {
    var queue = FairUnitQueue()
    queue.open(a, priority: 0, owner: "")
    for step in 0..<97 { queue.add("render/\(step * 31 % 97 + 1)", a) }
    #expect(queue.count == 97)
    #expect(queue.drain() == (1...97).map { "render/\($0)" })
    #expect(queue.count == 0)
  }

  @Test("lets one that must be alone wait until nothing runs, and nothing beside it")
  func alone() {
    var queue = FairUnitQueue()
    queue.open(a, priority: 0, owner: "")
    queue.add("ocr/1", a)
    queue.enqueue(QueuedUnit(job: a, unit: UnitID(.ocr, .page(2)), alone: true))
    #expect(queue.claim(running: 1) == nil)
    #expect(queue.claim(running: 0)?.unit.page == 2)
    #expect(queue.claim(running: 1) == nil)
    #expect(queue.claim(running: 0)?.unit.page == 1)
  }

  @Test("forgets a closed job")
  func closed() {
    var queue = FairUnitQueue()
    queue.open(a, priority: 0, owner: "")
    queue.open(c, priority: 0, owner: "")
    queue.add("ocr/1", a)
    queue.add("ocr/1", c)
    queue.enqueue(QueuedUnit(job: a, unit: UnitID(.ocr, .page(2)), alone: true))
    queue.close(a)
    queue.add("ocr/3", a)
    #expect(queue.claim(running: 0)?.job == c)
    #expect(queue.claim(running: 0) == nil)
  }

  @Test("gives a worker another unit of its job, unless something more urgent waits or is to be alone")
  func same() {
    var queue = FairUnitQueue()
    queue.open(a, priority: 0, owner: "")
    queue.open(b, priority: 0, owner: "")
    queue.open(c, priority: 1, owner: "")
    for name in ["ocr/1", "ocr/2", "ocr/3"] { queue.add(name, a) }
    queue.add("ocr/1", b)
    #expect(queue.claim(of: a, slot: 0, sparing: [])?.unit == UnitID(.ocr, .page(1)))
    queue.add("ocr/1", c)
    #expect(queue.claim(of: a, slot: 0, sparing: []) == nil)
    #expect(queue.claim(running: 1)?.job == c)
    #expect(queue.claim(of: a, slot: 0, sparing: [])?.unit == UnitID(.ocr, .page(2)))
    queue.enqueue(QueuedUnit(job: b, unit: UnitID(.ocr, .page(9)), alone: true))
    #expect(queue.claim(of: a, slot: 0, sparing: []) == nil)
  }

  private static func job(_ text: String) -> JobID {
    guard let job = JobID(text) else { fatalError("no job id: \(text)") }
    return job
  }
}

extension FairUnitQueue {
  fileprivate mutating func add(_ name: String, _ job: JobID) {
    guard let unit = UnitID(name) else { fatalError("no unit: \(name)") }
    enqueue(QueuedUnit(job: job, unit: unit, alone: false))
  }

  fileprivate mutating func open(_ job: JobID, priority: Int, owner: String) {
    open(job, priority: priority, tenant: WorkerTenant(owner: owner, document: Digest(of: []), .owner))
  }

  fileprivate mutating func claim(
    running: Int, staying tenant: WorkerTenant? = nil, slot: Int = 0, sparing others: Set<Int> = []
  ) -> QueuedUnit? { claim(running: running, slot: slot, staying: tenant, sparing: others) }

  fileprivate mutating func drain() -> [String] {
    var names: [String] = []
    while let next = claim(running: 1) { names.append(next.unit.description) }
    return names
  }
}
