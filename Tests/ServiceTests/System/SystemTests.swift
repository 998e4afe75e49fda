import CanonicalJSON
import EventLoop
import HTTPServer
import StageKit
import Testing

@testable import Service

/// What the viewer asks of the machine and of the plan.
@Suite("The system and the schemas", .timeLimit(.minutes(10)))
struct SystemTests {
  @Test("the system tells processes, memory, sockets, lag and disk")
  func system() async throws {
    try await ServiceHarness().serve { client in
      let job = try await client.submit("pages 2\n")
      _ = try await client.wait(job)
      let system = try await client.get("/api/v1/system").json
      let process = try #require(system["processes"]?.array?.first)
      #expect(process["worker"]?.int == 1)
      #expect((process["units"]?.int ?? 0) > 0)
      #expect((process["resident_bytes"]?.int ?? 0) > 1 << 20)
      #expect((system["server"]?["resident_bytes"]?.int ?? 0) > 1 << 20)
      #expect((system["sockets"]?["connections"]?.int ?? 0) >= 1)
      #expect((system["disk"]?["size_bytes"]?.int ?? 0) > (system["disk"]?["free_bytes"]?.int ?? .max))
      #expect(system["loop"]?["recent"]?["mean_microseconds"]?.int != nil)
    }
  }

  @Test("the event of a unit that begins tells its worker, in the log as on the line")
  func worker() async throws {
    try await ServiceHarness().serve { client in
      let job = try await client.submit("pages 2\n")
      _ = try await client.wait(job)
      let events = try await client.get("/api/v1/jobs/\(job)/events?limit=200").json["events"]?.array ?? []
      let started = events.filter { $0["type"]?.string == "unit_started" }
      #expect(!started.isEmpty)
      #expect(started.allSatisfy { ($0["worker"]?.int ?? 0) >= 1 })
      #expect(events.allSatisfy { $0["type"]?.string == "unit_started" || $0["worker"] == nil })
    }
  }

  @Test("each stage has a schema of its checkpoints", arguments: [StageID.ingest, .ocr, .export])
  func schema(stage: StageID) async throws {
    try await ServiceHarness().serve { client in
      let answer = try await client.get("/api/v1/stages/\(stage.rawValue)/schema")
      #expect(answer.status == 200)
      #expect(answer.headers["Content-Type"] == "application/schema+json")
      #expect(answer.json["$defs"] != nil || answer.json["properties"] != nil)
      #expect(try await client.get("/api/v1/stages/none/schema").status == 404)
    }
  }

  @Test("lag is told of the last seconds, not since the start")
  func recentLag() throws {
    let all = Histogram()
    let lag = RecentLag(all)
    let start = ContinuousClock.now
    all.record(.seconds(1))
    #expect(lag.now(at: start).count == 1)
    all.record(.milliseconds(1))
    #expect(lag.now(at: start + .seconds(5)).count == 1)
    #expect(lag.now(at: start + .seconds(5)).maximum < .milliseconds(2))
    #expect(lag.now(at: start + .seconds(20)).count == 0)
  }
}
