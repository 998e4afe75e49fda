import CanonicalJSON
import HTTPServer
import Testing

@testable import Service

@Suite("Reruns over HTTP", .timeLimit(.minutes(10)))
struct RerunRouteTests {
  @Test("a dry run tells what would run and changes nothing; the rerun then runs it, and only that")
  func rerun() async throws {
    try await ServiceHarness().serve { client in
      let id = try await client.submit("one\ntwo\n")
      let before = try await client.wait(id)
      let body: JSONValue = ["stages": ["ocr"], "pages": "1", "options": ["ocr.suffix": "!"]]
      let dry = try await client.post("/api/v1/jobs/\(id)/rerun?dry_run=1", json: body)
      #expect(dry.status == 200, "\(dry.text)")
      #expect(dry.text.contains("ocr"))
      #expect(try await client.get("/api/v1/jobs/\(id)").json["seq"] == before["seq"])

      let done = try await client.post("/api/v1/jobs/\(id)/rerun", json: body)
      #expect(done.status == 202, "\(done.text)")
      let after = try await client.wait(id)
      #expect(after["status"] == "completed")
      let text = try await client.get("/api/v1/jobs/\(id)/result?format=md").text
      #expect(text.contains("one!") && !text.contains("two!"))
      func ran(_ job: JSONValue, _ stage: String) -> Int {
        job["stages"]?.array?.first { $0["stage"]?.string == stage }?["attempts"]?.int ?? -1
      }
      #expect(ran(after, "ocr") == ran(before, "ocr") + 1)
      #expect(ran(after, "render") == ran(before, "render"))
      let versions = try await client.get("/api/v1/jobs/\(id)/history/ocr/1").json["versions"]?.array ?? []
      #expect(versions.map { $0["cause"]?.string } == ["rerun"])

      let reset = try await client.post("/api/v1/jobs/\(id)/rerun", json: ["stages": ["ocr"], "reset": true])
      #expect(reset.status == 202, "\(reset.text)")
      _ = try await client.wait(id)
      #expect(try await client.get("/api/v1/jobs/\(id)/result?format=md").text.contains("one!") == false)
    }
  }

  @Test("several stages are run anew at once, each with its own options")
  func several() async throws {
    try await ServiceHarness().serve { client in
      let id = try await client.submit("one\ntwo\n")
      _ = try await client.wait(id)
      let body: JSONValue = ["stages": ["tables", "ocr"], "options": ["ocr.suffix": "!", "tables.suffix": "?"]]
      let answer = try await client.post("/api/v1/jobs/\(id)/rerun", json: body)
      #expect(answer.status == 202, "\(answer.text)")
      _ = try await client.wait(id)
      let tables = try await client.get("/api/v1/jobs/\(id)/checkpoints/tables/1").json
      #expect(tables["payload"]?["text"]?.string == "tables of one!?")
    }
  }

  @Test("a wrong rerun is refused with what is wrong, and changes nothing")
  func refused() async throws {
    try await ServiceHarness().serve { client in
      let id = try await client.submit("one\ntwo\n")
      let before = try await client.wait(id)
      let table: [(body: JSONValue, status: Int, code: String)] = [
        ([:], 400, "invalid_body"), (["stages": "ocr"], 400, "invalid_body"), (["stages": [1]], 400, "invalid_body"),
        (["stages": ["ocr"], "page": "1"], 400, "invalid_body"),
        (["stages": ["ocr"], "pages": "x"], 400, "invalid_body"),
        (["stages": ["ocr"], "options": ["ocr.suffix": [:]]], 400, "invalid_body"),
        (["stages": ["ocr"], "force": "yes"], 400, "invalid_body"),
        (["stages": ["ocr", "tables"], "options": ["render.suffix": "!"]], 400, "invalid_body"),
        (["stages": ["orc"]], 404, "unknown_stage"),
        (["stages": ["ocr"], "options": ["ocr.sufix": "!"]], 422, "unknown_option"),
        (["stages": ["sections"], "pages": "1"], 422, "invalid_request"),
      ]
      for row in table {
        let answer = try await client.post("/api/v1/jobs/\(id)/rerun", json: row.body)
        #expect(answer.status == row.status, "\(row): \(answer.text)")
        #expect(answer.code == row.code, "\(row): \(answer.text)")
      }
      #expect(try await client.get("/api/v1/jobs/\(id)").json["seq"] == before["seq"])
    }
  }

  @Test("two jobs are compared, and a unit is explained")
  func inspection() async throws {
    try await ServiceHarness().serve { client in
      let first = try await client.submit("one\ntwo\n")
      let second = try await client.submit("one\nthree\n")
      for id in [first, second] { _ = try await client.wait(id) }
      for path in ["explain/ocr/1", "explain/sections", "explain/export/md"] {
        let answer = try await client.get("/api/v1/jobs/\(first)/\(path)")
        #expect(answer.status == 200, "\(path): \(answer.text)")
      }
      let missing: [(path: String, code: String)] = [
        ("explain/ocr/99", "checkpoint_not_found"), ("explain/orc/1", "unknown_stage"),
        ("explain/export/mk", "unknown_format"), ("diff/0123456789", "job_not_found"), ("diff/x", "job_not_found"),
        ("diff/\(second)?stage=orc", "unknown_stage"), ("pages/9/preview", "checkpoint_not_found"),
        ("pages/0/preview", "no_such_page"), ("checkpoints/ocr/-1", "no_such_page"),
        ("result?format=mk", "unknown_format"), ("result?format=md&file=../../x", "not_found"),
      ]
      for row in missing {
        let answer = try await client.get("/api/v1/jobs/\(first)/\(row.path)")
        #expect(answer.status == 404, "\(row): \(answer.text)")
        #expect(answer.code == row.code, "\(row): \(answer.text)")
      }
      #expect(try await client.get("/api/v1/jobs/\(first)/trace").code == "invalid_parameter")
      #expect(try await client.get("/api/v1/jobs/\(first)/trace?box=1,2").code == "invalid_parameter")
      #expect(try await client.get("/api/v1/jobs/\(first)/diff/\(second)?pages=x").code == "invalid_parameter")
    }
  }
}
