import Checkpoints
import Ledger
import StageKit
import Testing

@testable import Engine

@Suite("Jobs that wait for room")
struct IntakeTests {
  private static func entry(_ id: String, owner: String = "", priority: Int = 0) throws -> WaitingJobs.Entry {
    let manifest = JobManifest(
      id: try #require(JobID(id)), name: "", source: Digest(of: []), sourceLength: 1,
      settings: JobSettings(priority: priority), state: .queued, owner: owner, created: "")
    return WaitingJobs.Entry(JobRecord(manifest: manifest, created: 0))
  }

  @Test("the next is of the highest priority, then of the owner with the least at work, then the oldest")
  func order() throws {
    var waiting = WaitingJobs()
    waiting.insert(try Self.entry("aaaaaaaaa1", owner: "a"))
    waiting.insert(try Self.entry("aaaaaaaaa2", owner: "a"))
    waiting.insert(try Self.entry("bbbbbbbbb1", owner: "b"))
    waiting.insert(try Self.entry("aaaaaaaaa3", owner: "a", priority: 5))
    #expect(waiting.position(of: try #require(JobID("aaaaaaaaa1"))) == 1)
    var live: [String: Int] = [:]
    var order: [String] = []
    while let entry = waiting.next(live: live) {
      order.append(entry.job.text)
      live[entry.owner, default: 0] += 1
    }
    #expect(order == ["aaaaaaaaa3", "bbbbbbbbb1", "aaaaaaaaa1", "aaaaaaaaa2"])
    #expect(waiting.isEmpty)
  }

  @Test("a job that is taken out is not met again")
  func removal() throws {
    var waiting = WaitingJobs()
    waiting.insert(try Self.entry("aaaaaaaaa1"))
    waiting.insert(try Self.entry("aaaaaaaaa2"))
    waiting.remove(try #require(JobID("aaaaaaaaa1")))
    #expect(waiting.next(live: [:])?.job.text == "aaaaaaaaa2")
    #expect(waiting.next(live: [:]) == nil)
  }

  @Test("each has its place among those before it, whoever leaves")
  func places() throws {
    var waiting = WaitingJobs()
    let ids = (1...9).map { "aaaaaaaaa\($0)" }
    for (number, id) in ids.enumerated() {
      waiting.insert(try Self.entry(id, owner: number.isMultiple(of: 2) ? "a" : "b", priority: number / 3))
    }
    let jobs = try ids.map { try #require(JobID($0)) }
    // The last three have the highest priority, and among equals the first to come goes first.
    #expect(jobs.map { waiting.position(of: $0) } == [6, 7, 8, 3, 4, 5, 0, 1, 2])
    waiting.remove(jobs[7])
    waiting.remove(jobs[3])
    #expect(jobs.map { waiting.position(of: $0) } == [4, 5, 6, nil, 2, 3, 0, nil, 1])
    // Who comes again is the youngest.
    waiting.insert(try Self.entry(ids[6], owner: "a", priority: 2))
    #expect(waiting.position(of: jobs[6]) == 1)
    #expect(waiting.count == 7)
    var order: [Int] = []
    while let entry = waiting.next(live: [:]) { order.append(try #require(jobs.firstIndex(of: entry.job))) }
    #expect(order == [8, 6, 4, 5, 0, 1, 2])
  }

  @Test("workers follow the load up at once, and down after a while")
  func workers() {
    var target = WorkerTarget(least: 1, most: 8)
    func reading(_ demand: Int, memory: Int? = nil, foreign: Double = 0) -> WorkerTarget.Reading {
      WorkerTarget.Reading(demand: demand, workers: 0, availableMemory: memory, foreignCores: foreign)
    }
    target.update(reading(20))
    #expect(target.value == 8)
    target.update(reading(2))
    #expect(target.value == 8)
    for _ in 0..<2 { target.update(reading(2)) }
    #expect(target.value == 2)
    for _ in 0..<3 { target.update(reading(20, foreign: 5)) }
    #expect(target.value == 3)
    for _ in 0..<3 { target.update(reading(20, memory: 0)) }
    #expect(target.value == 1)
    target.update(reading(0, foreign: 100))
    #expect(target.value == 1)
  }
}
