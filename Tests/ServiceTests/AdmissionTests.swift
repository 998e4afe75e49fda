import CanonicalJSON
import Checkpoints
import EventLoop
import Foundation
import HTTPServer
import Synchronization
import TestSupport
import Testing

@testable import Engine
@testable import Service

@Suite("Admission", .timeLimit(.minutes(10)))
struct AdmissionTests {
  @Test("a full queue refuses before the body is read, and says when to come again")
  func queueFull() async throws {
    try await ServiceHarness().serve(["queue.jobs": "1"]) { client in
      let id = try await client.submit("one !ocr=slow\ntwo !ocr=slow\nthree !ocr=slow\n")
      let sent = Sent()
      let refused = try await client.send(
        .post, "/api/v1/documents", headers: ["Content-Type": "application/pdf", "Expect": "100-continue"],
        body: .stream(length: 1 << 20) { sent.piece() })
      #expect(refused.status == 503)
      #expect(refused.code == "queue_full")
      #expect((refused.headers["Retry-After"].flatMap { Int($0) } ?? 0) >= 1)
      #expect(try await client.get("/health/queue").json["status"] == "full")
      _ = try await client.wait(id)
      #expect(try await client.upload("next\n").status == 202)
    }
  }

  /// A body without end.
  private final class Sent: Sendable {
    func piece() -> [UInt8]? { [UInt8](repeating: 65, count: 16 << 10) }
  }

  @Test("a disk without room refuses with 507")
  func lowDisk() async throws {
    try await ServiceHarness().serve(["limits.free_disk": "1048576"], room: { DiskRoom(of: $0) }) { client in
      client.context.disk.measure()
      let refused = try await client.upload("one\n")
      #expect(refused.status == 507)
      #expect(refused.code == "insufficient_storage")
    }
  }

  @Test("a document beyond the limit is refused with 413, told or found")
  func tooLarge() async throws {
    let harness = try ServiceHarness()
    try await harness.serve(["limits.document": "1"]) { client in
      let told = try await client.send(
        .post, "/api/v1/documents", headers: ["Content-Type": "application/pdf"],
        body: .bytes([UInt8](repeating: 1, count: 3 << 20)))
      #expect(told.status == 413)
      let boundary = "b"
      let head = "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"
      let found = try await client.send(
        .post, "/api/v1/documents", headers: ["Content-Type": "multipart/form-data; boundary=\(boundary)"],
        body: .bytes(Array(head.utf8) + [UInt8](repeating: 1, count: (1 << 20) + 1000)))
      #expect(found.status == 413)
      #expect(found.code == "file_too_large")
      // The answer may be here before its handler has let go of what it had.
      while try !harness.leftovers().isEmpty { try await Task.sleep(for: .milliseconds(10)) }
    }
  }

  @Test("an upload that breaks off leaves nothing behind")
  func abort() async throws {
    let harness = try ServiceHarness()
    try await harness.serve { client in
      let connection = try PlainConnection(client.address)
      connection.send("POST /api/v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/pdf\r\n")
      connection.send("Content-Length: 8000000\r\n\r\n" + String(repeating: "x", count: 1_000_000))
      while client.context.admission.reading(try client.context.engine.census).uploads == 0 {
        try await Task.sleep(for: .milliseconds(5))
      }
      connection.close()
      while client.context.admission.reading(try client.context.engine.census).uploads > 0 {
        try await Task.sleep(for: .milliseconds(10))
      }
      // The place may be given back a moment before a thread of the pool lets go of the last piece.
      while try !harness.leftovers().isEmpty { try await Task.sleep(for: .milliseconds(10)) }
      #expect(try harness.documents().isEmpty)
      #expect(try await client.get("/api/v1/jobs").json["jobs"] == [])
    }
  }

  @Test("jobs beyond those worked on wait in order, and all finish")
  func waiting() async throws {
    try await ServiceHarness().serve(["queue.live": "1"]) { client in
      var ids: [String] = []
      for number in 1...6 { ids.append(try await client.submit("page \(number) !ocr=slow\n")) }
      let last = try await client.get("/api/v1/jobs/\(ids[5])").json
      #expect((last["queue_position"]?.int ?? -1) >= 1)
      for id in ids { #expect(try await client.wait(id)["status"] == "completed") }
      let finished = try await client.get("/api/v1/jobs").json["jobs"]?.array ?? []
      let ends = finished.sorted { ($0["finished"]?.double ?? 0) < ($1["finished"]?.double ?? 0) }
      #expect(ends.compactMap { $0["id"]?.string } == ids)
    }
  }

  @Test("of many that come at once no more get in than there is room for")
  func together() async throws {
    var settings = ServiceConfiguration()
    settings[Settings.uploads] = 5
    let gate = AdmissionGate(
      LiveConfiguration(settings), DiskGauge(DataFolder(try TemporaryFolder().path)) { _ in .plenty })
    let census = WorkCensus()
    for _ in 0..<200 {
      let passes = Mutex<[AdmissionPass]>([])
      DispatchQueue.concurrentPerform(iterations: 16) { _ in
        if let pass = try? gate.admit(length: 1000, census, secondsPerJob: 1) { passes.withLock { $0.append(pass) } }
      }
      #expect(passes.withLock { $0.count } == 5)
    }
    let empty = gate.reading(census)
    #expect(empty.uploads == 0 && empty.jobs == 0 && empty.pages == 0)
  }

  @Test("a repeated submission needs no room in the queue, but a place for its upload, and room on the disk")
  func repeated() async throws {
    let free = Mutex(1 << 40)
    let settings = ["queue.jobs": "1", "limits.uploads": "1"]
    try await ServiceHarness().serve(settings, room: { _ in DiskRoom(free: free.withLock { $0 }, size: 1 << 41) }) {
      client in
      let submit = { @Sendable () async throws -> ServiceClient.Answer in
        try await client.send(
          .post, "/api/v1/documents?formats=md",
          headers: ["Content-Type": "application/pdf", "Idempotency-Key": "k"],
          body: .bytes(Array("one !ocr=slow\ntwo !ocr=slow\n".utf8)))
      }
      let first = try await submit()
      #expect(first.status == 202)
      #expect(try await client.upload("other\n").code == "queue_full")
      let again = try await submit()
      #expect(again.headers["Idempotency-Replayed"] == "true")
      #expect(again.bytes == first.bytes)

      _ = try await client.wait(try #require(first.json["job_id"]?.string))
      let connection = try PlainConnection(client.address)
      connection.send(
        "POST /api/v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/pdf\r\n"
          + "Content-Length: 100\r\n\r\none\n")
      while client.context.admission.reading(try client.context.engine.census).uploads == 0 {
        try await Task.sleep(for: .milliseconds(5))
      }
      #expect(try await submit().code == "overloaded")
      connection.close()
      while client.context.admission.reading(try client.context.engine.census).uploads > 0 {
        try await Task.sleep(for: .milliseconds(5))
      }
      free.withLock { $0 = 0 }
      client.context.disk.measure()
      #expect(try await submit().code == "insufficient_storage")
    }
  }
}
