import CanonicalJSON
import HTTPServer
import Testing

@testable import Service

@Suite("Edits over HTTP", .timeLimit(.minutes(10)))
struct EditRouteTests {
  private static func put(
    _ client: ServiceClient, _ target: String, _ text: String, ifMatch: String?
  ) async throws -> ServiceClient.Answer {
    var headers: HeaderFields = ["Content-Type": "application/json"]
    if let ifMatch { headers["If-Match"] = ifMatch }
    return try await client.send(.put, target, headers: headers, body: .bytes(Array(text.utf8)))
  }

  private static func markdown(_ client: ServiceClient, _ id: String) async throws -> String {
    _ = try await client.wait(id)
    return try await client.get("/api/v1/jobs/\(id)/result?format=md").text
  }

  @Test("an edit takes the place of what the stage made, and what depends on it runs; unpinned, it is gone again")
  func edit() async throws {
    try await ServiceHarness().serve { client in
      let id = try await client.submit("one\ntwo\n")
      _ = try await client.wait(id)
      let place = "/api/v1/jobs/\(id)/checkpoints/ocr/1"
      let tag = try #require(try await client.get(place).headers["ETag"])

      let edited = try await Self.put(client, place + "?why=misread&who=Ad%C3%A1", #"{"text":"won"}"#, ifMatch: tag)
      #expect(edited.status == 200, "\(edited.text)")
      #expect(edited.json["outcome"] == "pinned")
      #expect(edited.json["stage"] == "ocr")
      #expect(edited.json["page"] == 1)
      #expect(edited.headers["ETag"] != tag)
      #expect(try await Self.markdown(client, id).contains("won"))
      #expect(try await client.get(place).headers["ETag"] == edited.headers["ETag"])
      let pins = try await client.get("/api/v1/jobs/\(id)/pins").json["pins"]?.array ?? []
      #expect(pins.map { $0["who"]?.string } == ["Adá"])
      #expect(pins.map { $0["why"]?.string } == ["misread"])
      #expect(pins.map { $0["conflict"]?.bool } == [false])

      let late = try await Self.put(client, place, #"{"text":"want"}"#, ifMatch: tag)
      #expect(late.status == 412)
      #expect(late.code == "checkpoint_changed")
      let same = try await Self.put(client, place, #"{"text":"won"}"#, ifMatch: edited.headers["ETag"])
      #expect(same.json["outcome"] == "unchanged")

      #expect(try await client.send(.delete, place).status == 204)
      #expect(try await Self.markdown(client, id).contains("one"))
      #expect(try await client.get("/api/v1/jobs/\(id)/pins").json["pins"] == [])
      let twice = try await client.send(.delete, place)
      #expect(twice.status == 404)
      #expect(twice.code == "checkpoint_not_found")
    }
  }

  @Test("what was replaced is listed, and comes back")
  func history() async throws {
    try await ServiceHarness().serve { client in
      let id = try await client.submit("one\ntwo\n")
      _ = try await client.wait(id)
      let place = "/api/v1/jobs/\(id)/checkpoints/ocr/1"
      for text in ["won", "wonder"] {
        let edited = try await Self.put(client, place, #"{"text":"\#(text)"}"#, ifMatch: "*")
        #expect(edited.json["outcome"] == "pinned", "\(edited.text)")
        _ = try await client.wait(id)
      }
      let list = "/api/v1/jobs/\(id)/history/ocr/1"
      let versions = try await client.get(list).json["versions"]?.array ?? []
      #expect(versions.map { $0["cause"]?.string } == ["edit", "edit"])
      let numbers = versions.compactMap { $0["number"]?.int }
      #expect(numbers.count == 2)
      let first = try await client.get(list + "?limit=1").json
      #expect(first["versions"]?.array?.compactMap { $0["number"]?.int } == [numbers[0]])
      let next = try #require(first["next"]?.string)
      let second = try await client.get(list + "?limit=1&cursor=\(next)").json
      #expect(second["versions"]?.array?.compactMap { $0["number"]?.int } == [numbers[1]])
      #expect(second["next"] == nil)

      let body: JSONValue = ["stage": "ocr", "page": 1, "number": .integer(Int64(numbers[1])), "why": "it was right"]
      let restored = try await client.post("/api/v1/jobs/\(id)/restore", json: body)
      #expect(restored.status == 200, "\(restored.text)")
      #expect(restored.json["outcome"] == "pinned")
      #expect(try await Self.markdown(client, id).contains("won"))
      let original = try await client.post(
        "/api/v1/jobs/\(id)/restore", json: ["stage": "ocr", "page": 1, "number": .integer(Int64(numbers[0]))])
      #expect(original.json["outcome"] == "unpinned")
      #expect(try await Self.markdown(client, id).contains("one"))
      let none = try await client.post(
        "/api/v1/jobs/\(id)/restore", json: ["stage": "ocr", "page": 1, "number": 99])
      #expect(none.status == 404)
      for wrong: JSONValue in [
        ["stage": "ocr", "page": 0, "number": 1], ["stage": "ocr", "page": "1", "number": 1], ["stage": "ocr"],
        ["stage": "ocr", "page": 1, "number": 1, "extra": 1], [],
      ] {
        let answer = try await client.post("/api/v1/jobs/\(id)/restore", json: wrong)
        #expect(answer.status == 400, "\(wrong): \(answer.text)")
      }
    }
  }

  @Test("an edit that says nothing of what it is based on, or is no checkpoint, changes nothing")
  func refused() async throws {
    try await ServiceHarness().serve { client in
      let id = try await client.submit("one\ntwo\n")
      let before = try await client.wait(id)
      let place = "/api/v1/jobs/\(id)/checkpoints/ocr/1"
      let tag = try #require(try await client.get(place).headers["ETag"])
      let table: [(target: String, body: String, ifMatch: String?, status: Int, code: String)] = [
        (place, #"{"text":"won"}"#, nil, 428, "precondition_required"),
        (place, #"{"text":"won"}"#, "\"\(String(repeating: "0", count: 64))\"", 412, "checkpoint_changed"),
        (place, #"{"text":"won"}"#, "\"nonsense\"", 412, "precondition_failed"),
        (place, #"{"text":7}"#, tag, 422, "invalid_checkpoint"),
        (place, #"{"txt":"won"}"#, tag, 422, "invalid_checkpoint"),
        (place, "{", tag, 422, "invalid_checkpoint"),
        (place, "", tag, 422, "invalid_checkpoint"),
        ("/api/v1/jobs/\(id)/checkpoints/ocr/9", #"{"text":"won"}"#, tag, 404, "checkpoint_not_found"),
        ("/api/v1/jobs/\(id)/checkpoints/ocr/0", #"{"text":"won"}"#, tag, 404, "no_such_page"),
        ("/api/v1/jobs/\(id)/checkpoints/orc/1", #"{"text":"won"}"#, tag, 404, "unknown_stage"),
        ("/api/v1/jobs/\(id)/checkpoints/export/md", #"{"text":"won"}"#, tag, 422, "invalid_request"),
        ("/api/v1/jobs/0123456789/checkpoints/ocr/1", #"{"text":"won"}"#, tag, 404, "job_not_found"),
      ]
      for row in table {
        let answer = try await Self.put(client, row.target, row.body, ifMatch: row.ifMatch)
        #expect(answer.status == row.status, "\(row): \(answer.text)")
        #expect(answer.code == row.code, "\(row): \(answer.text)")
        if row.code == "invalid_checkpoint" { #expect(answer.json["errors"]?.array?.isEmpty == false, "\(row)") }
      }
      #expect(try await client.get("/api/v1/jobs/\(id)").json["seq"] == before["seq"])
      #expect(try await client.get("/api/v1/jobs/\(id)/pins").json["pins"] == [])
    }
  }

  @Test("an edit that is held back waits for the next resume")
  func held() async throws {
    try await ServiceHarness().serve { client in
      let id = try await client.submit("one\ntwo\n")
      _ = try await client.wait(id)
      let base = "/api/v1/jobs/\(id)/checkpoints/ocr/"
      for page in 1...2 {
        let edited = try await Self.put(client, base + "\(page)?hold=1", #"{"text":"new \#(page)"}"#, ifMatch: "*")
        #expect(edited.json["outcome"] == "pinned", "\(edited.text)")
      }
      #expect(try await client.get("/api/v1/jobs/\(id)").json["status"] == "paused")
      #expect(try await client.post("/api/v1/jobs/\(id)/resume", json: [:]).status == 202)
      let text = try await Self.markdown(client, id)
      #expect(text.contains("new 1") && text.contains("new 2"))
      let pins = try await client.get("/api/v1/jobs/\(id)/pins?limit=1").json
      #expect(pins["pins"]?.array?.compactMap { $0["page"]?.int } == [1])
      let next = try #require(pins["next"]?.string)
      let rest = try await client.get("/api/v1/jobs/\(id)/pins?limit=1&cursor=\(PercentText.encoded(next))").json
      #expect(rest["pins"]?.array?.compactMap { $0["page"]?.int } == [2])
      #expect(rest["next"] == nil)
    }
  }
}
