import CanonicalJSON
import Foundation
import HTTPServer
import Ledger
import Synchronization
import Testing

@testable import Service

@Suite("A server's room and time", .timeLimit(.minutes(10)))
struct ServerPressureTests {
  @Test("as long as the disk is nearly full, new work is refused with the time to come again; results stay")
  func disk() async throws {
    let room = ManualRoom()
    try await ServiceHarness().serve(room: { _ in room.value }) { client in
      let id = try await client.submit("one\n")
      _ = try await client.wait(id)
      room.set(free: 1 << 20)
      client.context.disk.measure()
      let refused = try await client.upload("two\n")
      #expect(refused.status == 507)
      #expect(refused.code == "insufficient_storage")
      #expect(refused.headers["Retry-After"] == "60")
      #expect(try await client.get("/api/v1/jobs/\(id)/result?format=md").status == 200)
      room.set(free: 1 << 40)
      client.context.disk.measure()
      #expect(try await client.upload("two\n").status == 202)
    }
  }

  @Test("a finished job goes when it is old enough, with its document and its hits")
  func retention() async throws {
    let harness = try ServiceHarness()
    let clock = ManualClock(Date().timeIntervalSince1970)
    let id = try await harness.serve(clock: clock) { client in
      let id = try await client.submit("one\n")
      _ = try await client.wait(id)
      return id
    }
    try await harness.serve(["retention.days": "30"], clock: clock) { client in
      let young = try await client.get("/api/v1/jobs/\(id)")
      #expect(young.status == 200)
    }
    clock.advance(31 * 86_400)
    // Removed soon after the start.
    try await harness.serve(["retention.days": "30"], clock: clock) { client in
      while try await client.get("/api/v1/jobs/\(id)").status == 200 { try await Task.sleep(for: .milliseconds(10)) }
      while try !harness.documents().isEmpty { try await Task.sleep(for: .milliseconds(10)) }
      #expect(try await client.get("/api/v1/jobs").json["jobs"] == [])
    }
  }

  @Test("one key's many documents do not keep another's waiting to the end")
  func fairness() async throws {
    try await ServiceHarness().serve(["auth.mode": "required", "workers.max": "1"]) { client in
      let ring = client.context.keys
      let many = client.with(key: try await ring.add(name: "many", role: .submit).text)
      let few = client.with(key: try await ring.add(name: "few", role: .submit).text)
      var ids: [String] = []
      for number in 0..<12 { ids.append(try await many.submit("page \(number) !ocr=slow\n")) }
      let own = try await few.submit("mine !ocr=slow\n")
      let end = try #require(try await few.wait(own)["finished"]?.double)
      var ends: [Double] = []
      for id in ids { ends.append(try await many.wait(id)["finished"]?.double ?? 0) }
      #expect(end < ends.max() ?? 0)
    }
  }
}

/// A disk whose room a test says.
private final class ManualRoom: Sendable {
  private let free = Mutex(1 << 40)

  func set(free bytes: Int) { free.withLock { $0 = bytes } }

  var value: DiskRoom { DiskRoom(free: free.withLock { $0 }, size: 1 << 41) }
}
