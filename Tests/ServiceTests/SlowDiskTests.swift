import CanonicalJSON
import Foundation
import HTTPServer
import Synchronization
import TestSupport
import Testing

@testable import Service

@Suite(
  "A server whose disk stands still", .enabled(if: BadDisk.compiler != nil, "needs a C compiler"),
  .timeLimit(.minutes(10)))
struct SlowDiskTests {
  @Test("answers everything else meanwhile, acknowledges nothing before it is on the disk, and goes on")
  func standstill() async throws {
    let folder = try TemporaryFolder()
    let gate = folder.path + "/gate"
    let disk = try BadDisk(in: folder.path)
    let server = try await ServerProcess(
      data: folder.path + "/data",
      environment: disk.environment("fsync:1+:held", under: folder.path + "/data", gate: gate))
    let earlier = try await server.finish("hello")
    try Data().write(to: URL(fileURLWithPath: gate))
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: EngineBench.fixture("cards8"))))
    let isAnswered = Atomic(false)
    async let upload = {
      defer { isAnswered.store(true, ordering: .relaxed) }
      return try await server.send(
        .post, "/api/v1/documents?name=cards", headers: ["Content-Type": "application/pdf"], body: .bytes(bytes))
    }()
    for _ in 0..<20 {
      #expect(try await server.get("/health/live").status == 200)
      #expect(try await server.get("/api/v1/jobs/\(earlier)").status == 200)
      #expect(try await server.get("/api/v1/jobs/\(earlier)/result?format=md").status == 200)
      #expect(try await server.get("/metrics").status == 200)
    }
    let wasAnswered = isAnswered.load(ordering: .relaxed)
    #expect(!wasAnswered)
    try FileManager.default.removeItem(atPath: gate)
    let accepted = try await upload
    #expect(accepted.status == 202, "\(accepted.text)")
    let job = try #require(accepted.json["job_id"]?.string)
    var status = ""
    while !["completed", "failed", "paused", "completed_with_errors"].contains(status) {
      try await Task.sleep(for: .milliseconds(20))
      status = try await server.get("/api/v1/jobs/\(job)").json["status"]?.string ?? ""
    }
    #expect(status == "completed")
    #expect(try await server.stop() == 0)
  }
}
