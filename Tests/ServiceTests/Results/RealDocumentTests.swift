import CanonicalJSON
import Foundation
import HTTPServer
import StageKit
import TestSupport
import Testing

@testable import Service

/// What can be asked of a job whose content matters: a real document through the real worker.
@Suite("A real document over HTTP", .serialized, .timeLimit(.minutes(10)))
struct RealDocumentTests {
  private static func json(_ text: String) throws -> JSONValue {
    try CanonicalDecoder().decode(JSONValue.self, from: Array(text.utf8))
  }

  @Test("its pages are seen, its words traced, found, explained and compared, as on the command line")
  func inspection() async throws {
    let folder = try TemporaryFolder()
    let data = folder.path + "/data"
    let server = try await ServerProcess(data: data)
    let id = try await server.finish("sample")
    let job = "/api/v1/jobs/\(id)"

    // A page's image
    let image = try await server.get(job + "/pages/1/preview")
    #expect(image.status == 200)
    #expect(image.headers["Content-Type"] == "image/jpeg")
    #expect(image.bytes.prefix(3) == [0xFF, 0xD8, 0xFF])
    let tag = try #require(image.headers["ETag"])
    #expect(try await server.get(job + "/pages/1/preview", headers: ["If-None-Match": tag]).status == 304)
    let part = try await server.get(job + "/pages/1/preview", headers: ["Range": "bytes=0-7"])
    #expect(part.status == 206)
    #expect(part.bytes == Array(image.bytes.prefix(8)))
    let head = try await server.send(.head, job + "/pages/1/preview")
    #expect(head.status == 200 && head.bytes.isEmpty)
    #expect(head.headers["Content-Length"] == "\(image.bytes.count)")

    // Its words
    var hits: [JSONValue] = []
    while hits.isEmpty {
      hits = try await server.get("/api/v1/search?q=lighthouse").json["hits"]?.array ?? []
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(hits[0]["job"]?.string == id)
    #expect(hits[0]["boxes"]?.array?.isEmpty == false)
    let traced = try await server.get(job + "/trace?text=lighthouse")
    #expect(traced.status == 200, "\(traced.text)")
    let typed = try await CommandRun(["trace", id, "lighthouse", "--json", "--data", data])
    #expect(typed.status == 0, "\(typed.errors)")
    #expect(traced.text.contains("\"page\":"))
    #expect(try await server.get(job + "/trace?offset=10").status == 200)
    #expect(try await server.get(job + "/trace?box=1,0,0,600,800").status == 200)
    let nothing = try await server.get(job + "/trace?text=zzzzqqqq")
    #expect([200, 404, 422].contains(nothing.status), "\(nothing.text)")

    // Why it is so
    for (path, words) in [("explain/ocr/1", ["ocr", "1"]), ("explain/sections", ["sections"])] {
      let told = try await server.get(job + "/" + path)
      #expect(told.status == 200, "\(told.text)")
      let run = try await CommandRun(["explain", id] + words + ["--json", "--data", data])
      #expect(try Self.json(run.output) == told.json, "\(path): \(run.output) \(told.text)")
    }
    let other = try await server.finish("hello")
    let compared = try await server.get(job + "/diff/\(other)")
    #expect(compared.status == 200)
    let dry = try await server.send(
      .post, job + "/rerun?dry_run=1", headers: ["Content-Type": "application/json"],
      body: .bytes(Array(#"{"stages":["ocr"],"options":{"ocr.languages":["deu"]}}"#.utf8)))
    #expect(dry.status == 200, "\(dry.text)")

    // Every format, made when it is asked for
    for format in ExportFormat.allCases {
      var answer = try await server.get(job + "/result?format=\(format.rawValue)")
      while answer.status == 202 {
        try await Task.sleep(for: .milliseconds(50))
        answer = try await server.get(job + "/result?format=\(format.rawValue)")
      }
      #expect(answer.status == 200, "\(format): \(answer.text.prefix(300))")
      #expect(!answer.bytes.isEmpty, "\(format)")
      let list = try await server.get(job + "/result?format=\(format.rawValue)&list=1").json["files"]?.array ?? []
      for file in list {
        let link = try #require(file["link"]?.string)
        let whole = try await server.get(link)
        #expect(whole.status == 200, "\(link)")
        #expect(whole.bytes.count == file["bytes"]?.int, "\(link)")
        #expect(whole.headers["X-Content-Type-Options"] == "nosniff")
        let tag = try #require(whole.headers["ETag"])
        #expect(try await server.get(link, headers: ["If-None-Match": tag]).status == 304, "\(link)")
      }
    }

    // Removed, it is found no more.
    #expect(try await server.send(.delete, job).status == 204)
    #expect(try await server.get("/api/v1/search?q=lighthouse").json["hits"] == [])
    #expect(try await server.get(job + "/pages/1/preview").status == 404)
    #expect(try await server.stop() == 0)
  }

  @Test("its bundle is one that another data folder takes in")
  func bundle() async throws {
    let folder = try TemporaryFolder()
    let server = try await ServerProcess(data: folder.path + "/data")
    let id = try await server.finish("hello")
    let bundle = try await server.get("/api/v1/jobs/\(id)/bundle?history=1")
    #expect(bundle.status == 200)
    #expect(bundle.headers["Content-Type"] == "application/zstd")
    #expect(bundle.headers["Content-Disposition"] == "attachment; filename=\"\(id).sheaf.tar.zst\"")
    #expect(try await server.get("/api/v1/jobs/\(id)/bundle?history=x").status == 400)
    let file = folder.path + "/a.sheaf"
    try Data(bundle.bytes).write(to: URL(fileURLWithPath: file))
    let other = folder.path + "/other"
    let taken = try await CommandRun(["import", file, "--data", other])
    #expect(taken.status == 0, "\(taken.errors)")
    let shown = try await CommandRun(["export", id, "--out", "-", "--data", other])
    #expect(shown.output == (try await server.get("/api/v1/jobs/\(id)/result?format=md").text), "\(shown.errors)")
    #expect(try await server.stop() == 0)
  }

  @Test("its bundle is packed once for all who ask for it, whole or in parts, until the job changes")
  func packedOnce() async throws {
    let folder = try TemporaryFolder()
    let server = try await ServerProcess(data: folder.path + "/data")
    let id = try await server.finish("hello")
    let link = "/api/v1/jobs/\(id)/bundle"
    func packed() throws -> Int {
      try FileManager.default.subpathsOfDirectory(atPath: folder.path + "/data/tmp").count { $0.hasSuffix(".sheaf") }
    }
    let answers = try await withThrowingTaskGroup(of: ServerProcess.Answer.self) { group in
      for _ in 0..<8 { group.addTask { try await server.get(link) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(answers.map(\.bytes)).count == 1)
    #expect(try packed() == 1)
    let tag = try #require(answers.first?.headers["ETag"])
    #expect(try await server.get(link, headers: ["If-None-Match": tag]).status == 304)
    let head = try await server.send(.head, link)
    #expect(head.headers["ETag"] == tag)
    let whole = try #require(answers.first).bytes
    #expect(head.headers["Content-Length"] == "\(whole.count)")
    let part = try await server.get(link, headers: ["Range": "bytes=10-99", "If-Range": tag])
    #expect(part.status == 206)
    #expect(part.bytes == Array(whole[10..<100]))
    #expect(try packed() == 1)

    let patch = try await server.send(
      .patch, "/api/v1/jobs/\(id)", headers: ["Content-Type": "application/json"],
      body: .bytes(Array(#"{"keep":3}"#.utf8)))
    #expect(patch.status == 200, "\(patch.text)")
    let changed = try await server.get(link, headers: ["If-None-Match": tag])
    #expect(changed.status == 200)
    #expect(changed.headers["ETag"] != tag)
    #expect(try await server.send(.delete, "/api/v1/jobs/\(id)").status == 204)
    for _ in 0..<500 where try packed() > 0 { try await Task.sleep(for: .milliseconds(20)) }
    #expect(try packed() == 0)
    #expect(try await server.stop() == 0)
  }

  @Test("its checkpoints are answered as their own bytes where they are stored compressed")
  func compressed() async throws {
    let folder = try TemporaryFolder()
    let data = folder.path + "/data"
    let server = try await ServerProcess(data: data, ["--set", "checkpoints.compression=zstd"])
    let id = try await server.finish("sample")
    let tree = "\(data)/jobs/\(id)/03-ocr"
    #expect(try FileManager.default.contentsOfDirectory(atPath: tree).contains("0001.json.zst"))
    let link = "/api/v1/jobs/\(id)/checkpoints/ocr/1"
    let whole = try await server.get(link)
    #expect(whole.status == 200)
    #expect(whole.headers["Content-Length"] == "\(whole.bytes.count)")
    let shown = try await CommandRun(["show", id, "ocr", "1", "--raw", "--data", data])
    #expect(whole.text == shown.output, "\(shown.errors)")
    #expect(whole.json["payload"]?["words"]?.array?.isEmpty == false)
    let part = try await server.get(link, headers: ["Range": "bytes=100-20099"])
    #expect(part.status == 206)
    #expect(part.bytes == Array(whole.bytes[100..<20_100]))
    let tag = try #require(whole.headers["ETag"])
    #expect(try await server.get(link, headers: ["If-None-Match": tag]).status == 304)
    #expect(try await server.stop() == 0)
  }
}
