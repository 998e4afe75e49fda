import CanonicalJSON
import Foundation
import HTTPServer
import TestSupport
import Testing

@testable import Service

@Suite("Search over HTTP and on the command line", .serialized, .timeLimit(.minutes(10)))
struct SearchServerTests {
  private func hits(_ server: ServerProcess, _ query: String) async throws -> [JSONValue] {
    let answer = try await server.get("/api/v1/search?q=\(query)")
    #expect(answer.status == 200, "\(answer.text)")
    return answer.json["hits"]?.array ?? []
  }

  /// A job is taken into the index just after it has come to rest.
  private func waitForHits(_ server: ServerProcess, _ query: String) async throws -> [JSONValue] {
    for _ in 0..<500 {
      let found = try await hits(server, query)
      if !found.isEmpty { return found }
      try await Task.sleep(for: .milliseconds(20))
    }
    return []
  }

  private func sheaf(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: EngineBench.program("sheaf"))
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  @Test("a finished document is found with page and boxes, by the command line too, and no more once it is deleted")
  func life() async throws {
    let folder = try TemporaryFolder()
    let data = folder.path + "/data"
    let server = try await ServerProcess(data: data)
    #expect(try await hits(server, "lighthouse").isEmpty)
    let job = try await server.finish("sample")
    let found = try await waitForHits(server, "lighthouse*")
    let hit = try #require(found.first)
    #expect(hit["job"]?.string == job)
    #expect(hit["name"] == "sample.pdf")
    #expect(hit["page"]?.int ?? 0 >= 1)
    #expect(hit["boxes"]?.array?.isEmpty == false)
    let box = try #require(hit["boxes"]?[0])
    #expect(box["right"]?.double ?? 0 > box["left"]?.double ?? 0)
    #expect(hit["snippet"]?.array?.contains { $0["match"] == .bool(true) } == true)

    // While the server owns the folder.
    let lines = try sheaf(["search", "lighthouse*", "--json", "--data", data]).output.split(separator: "\n")
    #expect(lines.count == found.count)
    let first = try CanonicalDecoder().decode(JSONValue.self, from: Array((lines.first ?? "").utf8))
    #expect(first["job"]?.string == job)
    #expect(try sheaf(["search", "--rebuild", "--data", data]).status == 0)
    #expect(try await hits(server, "lighthouse*").count == found.count, "the server sees the index made anew")

    #expect(try await server.send(.delete, "/api/v1/jobs/\(job)").status == 204)
    #expect(try await hits(server, "lighthouse*").isEmpty)
    #expect(try sheaf(["search", "lighthouse*", "--data", data]).output.isEmpty)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: data + "/search.sqlite"))
    #expect(bytes.range(of: Data("lighthouse".utf8)) == nil)
    #expect(try await server.stop() == 0)
  }

  private static let queries: [(query: String, status: Int)] = [
    ("", 422), ("%22", 422), ("-x", 422), ("AND", 200), ("%22a%20OR", 200), ("text%3Ax", 200), ("%00", 200), ("*", 422),
    ("x&limit=0", 400), ("x&limit=201", 400), ("x&cursor=zzz", 400),
  ]

  @Test("no query is an error of the server")
  func queries() async throws {
    let folder = try TemporaryFolder()
    let server = try await ServerProcess(data: folder.path + "/data")
    for (query, status) in Self.queries {
      #expect(try await server.get("/api/v1/search?q=\(query)").status == status, "\(query)")
    }
    #expect(try await server.stop() == 0)
  }
}
