import CanonicalJSON
import Checkpoints
import Ledger
import StageKit
import Testing

@testable import sheaf

@Suite("Timings")
struct JobTimingsTests {
  private static let attempts = [
    attempt(UnitID(.ingest), 1, from: 100, to: 100.5, cpu: 0.25, worker: 1),
    attempt(UnitID(.ocr, .page(1)), 2, from: 100.5, to: 102.5, cpu: 1, worker: 1),
    attempt(UnitID(.ocr, .page(2)), 3, from: 101, to: 104, cpu: 2.5, worker: 2),
    attempt(UnitID(.layout, .page(1)), 4, from: 104, to: nil, cpu: nil, worker: 2),
  ]

  private static func attempt(
    _ unit: UnitID, _ fence: Int64, from start: Double, to end: Double?, cpu: Double?, worker: Int
  ) -> AttemptRecord {
    AttemptRecord(
      unit: unit, attempt: 1, key: Digest(of: [UInt8](arrayLiteral: 2)), fence: fence, owner: "o", started: start,
      finished: end, outcome: end == nil ? nil : .succeeded,
      use: end == nil
        ? AttemptUse()
        : AttemptUse(
          cpuSeconds: cpu, peakBytes: 1000, queueSeconds: 0.5, spawnSeconds: fence == 1 ? 0.125 : 0, workSeconds: 1.25,
          storeSeconds: 0.25),
      worker: worker)
  }

  @Test("are summed stage by stage, over what has ended")
  func sums() {
    let timings = JobTimings(Self.attempts)
    #expect(timings.stages.map(\.stage) == [.ingest, .ocr])
    #expect(
      timings.stages.last
        == JobTimings.Stage(
          stage: .ocr, attempts: 2, processorSeconds: 3.5, seconds: 5, longest: 3, queueSeconds: 1, workSeconds: 2.5,
          storeSeconds: 0.5, peakBytes: 1000))
    #expect(timings.elapsed == 4)
    #expect(timings.workers == 2)
    #expect(timings.lines.suffix(2).first == "3.8 s of processor time in 4.0 s, by 2 workers that computed 47 % of it")
    #expect(
      timings.lines.last
        == "125.0 ms until workers had started, 750.0 ms to hash files and force them to the disk; "
        + "units waited 1.5 s for a worker, one beside the other")
    #expect(JobTimings([]).lines == ["No unit has run yet."])
  }

  @Test("become trace events: a slice for each unit, open where it has not ended")
  func trace() throws {
    let events = try #require(TraceEvents.json(JobStatusTests.record(.running), Self.attempts)["traceEvents"]?.array)
    let slices = events.filter { $0["ph"]?.string != "M" }
    #expect(slices.filter { $0["ph"]?.string == "b" }.count == 4)
    #expect(slices.filter { $0["ph"]?.string == "e" }.count == 3)
    let second = try #require(slices.first { $0["name"]?.string == "ocr/2" })
    #expect(second["ts"] == 1_000_000)
    #expect(second["tid"] == 2)
    #expect(second["args"]?["cpu_ms"] == .number(2500))
    #expect(second["args"]?["work_ms"] == .number(1250))
  }
}
