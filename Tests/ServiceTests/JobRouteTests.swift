import CanonicalJSON
import Checkpoints
import Foundation
import HTTPServer
import Testing

@testable import Service

@Suite("Jobs over HTTP", .timeLimit(.minutes(10)))
struct JobRouteTests {
  @Test("a document becomes a job, and the job a result")
  func uploadToResult() async throws {
    try await ServiceHarness().serve { client in
      let accepted = try await client.upload("one\ntwo\n", query: "name=report.pdf&formats=md,txt")
      #expect(accepted.status == 202)
      let id = try #require(accepted.json["job_id"]?.string)
      #expect(accepted.headers["Location"] == "/api/v1/jobs/\(id)")
      #expect(accepted.json["links"]?["result"]?.string == "/api/v1/jobs/\(id)/result")
      #expect(accepted.json["estimated_seconds"]?.double ?? -1 > 0)

      let job = try await client.wait(id)
      #expect(job["status"] == "completed")
      #expect(job["name"] == "report.pdf")
      #expect(job["pages"] == 2)
      let ocr = try #require(job["stages"]?.array?.first { $0["stage"] == "ocr" })
      #expect(ocr["planned"] == 2)
      #expect(ocr["done"] == 2)

      let result = try await client.get("/api/v1/jobs/\(id)/result?format=md")
      #expect(result.status == 200)
      #expect(result.headers["Content-Type"] == "text/markdown; charset=utf-8")
      #expect(result.text.contains("one"))
      #expect(result.headers["Content-Disposition"] == "inline; filename*=UTF-8''report.md")
    }
  }

  @Test("a form carries the document, its options and its password")
  func form() async throws {
    try await ServiceHarness().serve { client in
      let boundary = "----boundary7"
      let body = [
        "--\(boundary)", #"Content-Disposition: form-data; name="options""#, "",
        #"{"formats":["txt"],"priority":3}"#, "--\(boundary)",
        #"Content-Disposition: form-data; name="file"; filename="C:\\scans\\année.pdf""#,
        "Content-Type: application/pdf", "", "alpha\r\n--other\r\nbeta", "--\(boundary)--", "",
      ].joined(separator: "\r\n")
      let answer = try await client.send(
        .post, "/api/v1/documents", headers: ["Content-Type": "multipart/form-data; boundary=\(boundary)"],
        body: .bytes(Array(body.utf8)))
      #expect(answer.status == 202, "\(answer.text)")
      let job = try await client.wait(try #require(answer.json["job_id"]?.string))
      #expect(job["name"] == "année.pdf")
      #expect(job["formats"] == ["txt"])
      #expect(job["priority"] == 3)
    }
  }

  @Test("HEAD, ranges and entity tags of a result are those of its file")
  func rangesAndTags() async throws {
    try await ServiceHarness().serve { client in
      let id = try await client.submit("one\n")
      _ = try await client.wait(id)
      let target = "/api/v1/jobs/\(id)/result?format=md"
      let whole = try await client.get(target)
      let tag = try #require(whole.headers["ETag"])

      let head = try await client.send(.head, target)
      #expect(head.status == 200)
      #expect(head.bytes.isEmpty)
      #expect(head.headers["ETag"] == tag)

      let part = try await client.get(target, headers: ["Range": "bytes=1-2"])
      #expect(part.status == 206)
      #expect(part.bytes == Array(whole.bytes[1...2]))
      #expect(part.headers["Content-Range"] == "bytes 1-2/\(whole.bytes.count)")

      let known = try await client.get(target, headers: ["If-None-Match": tag])
      #expect(known.status == 304)
      let outside = try await client.get(target, headers: ["Range": "bytes=100000-"])
      #expect(outside.status == 416)
      #expect(outside.headers["Content-Range"] == "bytes */\(whole.bytes.count)")
      let problem = try outside.json
      #expect(problem["code"]?.string == "range_not_satisfiable")
      #expect(problem["title"]?.string == "The file has no such range")
      #expect(problem["request_id"]?.string == outside.headers["X-Request-ID"])
    }
  }

  @Test("a format that nobody asked for is made at the first request, 202 meanwhile")
  func laterFormat() async throws {
    try await ServiceHarness().serve { client in
      let id = try await client.submit("one\n", query: "formats=md")
      _ = try await client.wait(id)
      let target = "/api/v1/jobs/\(id)/result?format=txt"
      let first = try await client.get(target)
      #expect(first.status == 202)
      #expect(first.headers["Retry-After"] == "1")
      var answer = first
      while answer.status == 202 {
        try await Task.sleep(for: .milliseconds(20))
        answer = try await client.get(target)
      }
      #expect(answer.status == 200)
    }
  }

  @Test("the result of a job at work is 409, of a cancelled one too, and resume goes on with it")
  func cancelAndResume() async throws {
    try await ServiceHarness().serve { client in
      let id = try await client.submit("one !ocr=slow\ntwo !ocr=slow\nthree !ocr=slow\n")
      let early = try await client.get("/api/v1/jobs/\(id)/result")
      #expect(early.status == 409)
      #expect(early.code == "job_unfinished")
      let cancelled = try await client.post("/api/v1/jobs/\(id)/cancel", json: [:])
      #expect(cancelled.json["status"] == "cancelled")
      let none = try await client.get("/api/v1/jobs/\(id)/result")
      #expect(none.code == "job_cancelled", "\(none.text)")
      let resumed = try await client.post("/api/v1/jobs/\(id)/resume", json: [:])
      #expect(resumed.status == 202)
      #expect(try await client.wait(id)["status"] == "completed")
    }
  }

  @Test("events are told from a number on, without a gap")
  func events() async throws {
    try await ServiceHarness().serve { client in
      let id = try await client.submit("one\ntwo\n")
      _ = try await client.wait(id)
      var numbers: [Int] = []
      var since = 0
      while true {
        let page = try await client.get("/api/v1/jobs/\(id)/events?since=\(since)&limit=7").json
        numbers += page["events"]?.array?.compactMap { $0["seq"]?.int } ?? []
        guard let next = page["next"]?.int else { break }
        since = next
      }
      #expect(numbers == Array(1...numbers.count))
      #expect(numbers.count > 14)
    }
  }

  @Test("a document that is not taken leaves neither a job's folder nor a document")
  func refused() async throws {
    let harness = try ServiceHarness()
    try await harness.serve { client in
      let answer = try await client.send(
        .post, "/api/v1/documents", headers: ["Content-Type": "application/pdf"], body: .bytes([]))
      #expect(answer.code == "empty_file")
      #expect(try FileManager.default.contentsOfDirectory(atPath: harness.folder.jobs).isEmpty)
      #expect(try harness.documents().isEmpty)
    }
  }

  @Test("a deleted job is gone with its document")
  func delete() async throws {
    let harness = try ServiceHarness()
    try await harness.serve { client in
      let id = try await client.submit("one\n")
      _ = try await client.wait(id)
      #expect(try await client.send(.delete, "/api/v1/jobs/\(id)").status == 204)
      #expect(try await client.get("/api/v1/jobs/\(id)").code == "job_not_found")
      #expect(try await client.send(.delete, "/api/v1/jobs/\(id)").status == 404)
      #expect(try harness.documents().isEmpty)
    }
  }

  @Test("the list goes from page to page, newest first, and filters")
  func listing() async throws {
    try await ServiceHarness().serve { client in
      var ids: [String] = []
      for number in 1...5 { ids.append(try await client.submit("page \(number)\n", query: "name=a\(number).pdf")) }
      for id in ids { _ = try await client.wait(id) }
      var listed: [String] = []
      var target = "/api/v1/jobs?limit=2"
      while true {
        let page = try await client.get(target).json
        listed += page["jobs"]?.array?.compactMap { $0["id"]?.string } ?? []
        guard let next = page["next"]?.string else { break }
        target = "/api/v1/jobs?limit=2&cursor=\(next)"
      }
      #expect(listed == ids.reversed())
      let found = try await client.get("/api/v1/jobs?text=A3&status=completed&type=pdf").json
      #expect(found["jobs"]?.array?.compactMap { $0["id"]?.string } == [ids[2]])
      #expect(try await client.get("/api/v1/jobs?status=done").code == "invalid_parameter")
      #expect(try await client.get("/api/v1/jobs?cursor=xyz").code == "invalid_parameter")
    }
  }

  @Test("checkpoints are listed and read, with the content digest as their tag")
  func checkpoints() async throws {
    try await ServiceHarness().serve { client in
      let id = try await client.submit("one\ntwo\n")
      _ = try await client.wait(id)
      let list = try await client.get("/api/v1/jobs/\(id)/checkpoints?stage=ocr").json
      #expect(list["checkpoints"]?.array?.compactMap { $0["page"]?.int } == [1, 2])
      let content = try #require(list["checkpoints"]?[0]?["content"]?.string)
      let checkpoint = try await client.get("/api/v1/jobs/\(id)/checkpoints/ocr/1")
      #expect(checkpoint.json["content"]?.string == content)
      #expect(checkpoint.headers["ETag"] == "\"\(content.dropFirst("sha256:".count))\"")
      #expect(try await client.get("/api/v1/jobs/\(id)/checkpoints/sections").status == 200)
      #expect(try await client.get("/api/v1/jobs/\(id)/checkpoints/ocr/9").code == "checkpoint_not_found")
      #expect(try await client.get("/api/v1/jobs/\(id)/checkpoints/orc/1").code == "unknown_stage")
    }
  }
}
