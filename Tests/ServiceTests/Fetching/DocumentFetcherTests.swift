import Checkpoints
import Engine
import EventLoop
import Foundation
import HTTPServer
import StageKit
import TestSupport
import Testing

@testable import Service

@Suite("Documents by URL", .timeLimit(.minutes(10)))
struct DocumentFetcherTests {
  private static let local = AddressGuard(allowed: [IPNetwork("127.0.0.0/8")].compactMap { $0 })

  private func fetch(
    _ url: String, _ place: LedgerPlace, _ configure: (inout FetchConfiguration) -> Void = { _ in }
  ) async throws -> (document: SpooledDocument, name: String) {
    var configuration = FetchConfiguration()
    configuration.guardian = Self.local
    configure(&configuration)
    let document = SpooledDocument(
      try DocumentSpool(place.folder, owner: "test", limit: configuration.documentLimit))
    return (document, try await DocumentFetcher(configuration).fetch(url, into: document))
  }

  /// Waits until nothing is left of documents that did not come to their end: the thread that fetched lets go of one just
  /// after its answer. The suite's time limit is the only clock.
  private func becomesClean(_ place: LedgerPlace) async throws {
    while true {
      let leftovers = (try? FileManager.default.contentsOfDirectory(atPath: place.folder.temporary(of: "test"))) ?? []
      let documents = try FileManager.default.contentsOfDirectory(atPath: place.folder.documents)
      if leftovers.isEmpty, documents.isEmpty { return }
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  @Test("a document arrives as it is sent, through redirects, under the name that its server gives it")
  func fetched() async throws {
    let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    let receiver = try await Receiver { arrival, _ in
      switch arrival.path {
      case "/start": return Response(301, headers: ["Location": "middle?x=1"])
      case "/middle": return Response(307, headers: ["Location": "/deep/a%20report.pdf"])
      case "/named":
        var response = Response.bytes(bytes, type: "application/pdf")
        response.headers["Content-Disposition"] =
          #"attachment; filename="b.pdf"; filename*=UTF-8''r%C3%A9sum%C3%A9.pdf"#
        return response
      default: return .bytes(bytes, type: "application/pdf")
      }
    }
    let place = try LedgerPlace()
    let document = try await fetch(receiver.url + "/start", place)
    #expect(document.document.digest == Digest(of: bytes))
    #expect(document.document.length == bytes.count)
    #expect(document.name == "a report.pdf")
    #expect(try await fetch(receiver.url + "/named", place).name == "résumé.pdf")
  }

  @Test("private addresses are refused, also where a redirect leads to them")
  func guarded() async throws {
    let inner = try await Receiver(on: "127.0.0.2:0") { _, _ in .text("secret") }
    let outer = try await Receiver { _, _ in Response(302, headers: ["Location": inner.url + "/"]) }
    let place = try LedgerPlace()
    let onlyOne = AddressGuard(allowed: [IPNetwork("127.0.0.1/32")].compactMap { $0 })
    let problem = try await problem { try await fetch(outer.url, place) { $0.guardian = onlyOne } }
    #expect(problem?.code == .fetchRefused)
    #expect(outer.arrivals.count == 1)
    #expect(inner.arrivals.isEmpty)
    for url in ["http://127.0.0.1:1/", "http://[::1]:1/", "http://localhost:1/", "http://[::ffff:169.254.169.254]/"] {
      let refused = try await self.problem { try await fetch(url, place) { $0.guardian = AddressGuard() } }
      #expect(refused?.code == .fetchRefused, "\(url)")
    }
    try await becomesClean(place)
  }

  @Test(
    "what is no document in the end is told, and leaves nothing behind",
    arguments: [
      ("/loop", "fetch_failed"), ("/gone", "fetch_failed"), ("/file", "fetch_refused"), ("/lost", "fetch_failed"),
      ("/empty", "fetch_failed"), ("/large", "file_too_large"), ("/endless", "file_too_large"),
      ("/silent", "fetch_timed_out"), ("/broken", "fetch_failed"),
    ])
  func failures(path: String, code: String) async throws {
    let receiver = try await Receiver { arrival, _ in
      switch arrival.path {
      case "/loop": return Response(302, headers: ["Location": "/loop"])
      case "/gone": return Response(404, body: .bytes(Array("not here".utf8)))
      case "/file": return Response(302, headers: ["Location": "file:///etc/passwd"])
      case "/lost": return Response(302)
      case "/empty": return Response(.ok)
      case "/large": return .bytes([UInt8](repeating: 1, count: 200_000), type: "a/b")
      case "/endless":
        return .stream(type: "a/b") { writer in
          while true { try await writer.write([UInt8](repeating: 1, count: 10_000)) }
        }
      case "/broken":
        return .stream(type: "a/b", length: 50_000) { writer in
          try await writer.write([UInt8](repeating: 1, count: 10_000))
          throw CancellationError()
        }
      default:
        try await Task.sleep(for: .seconds(300))
        return .text("late")
      }
    }
    let place = try LedgerPlace()
    let problem = try await problem {
      try await fetch(receiver.url + path, place) {
        $0.documentLimit = 100_000
        $0.time = path == "/silent" ? .milliseconds(500) : .seconds(60)
      }
    }
    #expect(problem?.code.rawValue == code)
    try await becomesClean(place)
    if path == "/loop" { #expect(receiver.arrivals.count == 6) }
  }

  @Test("a client that leaves ends the fetch")
  func cancelled() async throws {
    let receiver = try await Receiver { _, _ in
      .stream(type: "a/b") { writer in
        while true {
          try await writer.write([UInt8](repeating: 1, count: 1000))
          try await Task.sleep(for: .milliseconds(10))
        }
      }
    }
    let place = try LedgerPlace()
    let task = Task { try await fetch(receiver.url, place).name }
    await receiver.wait(for: 1)
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    try await becomesClean(place)
  }

  @Test(
    "names come without folders, quotes and control characters",
    arguments: [
      (#"attachment; filename="a.pdf""#, "a.pdf"), ("inline; filename=b.pdf", "b.pdf"),
      (#"attachment; filename="a\"b;c.pdf""#, #"a"b;c.pdf"#), ("attachment", nil),
      ("attachment; filename*=UTF-8''a%20b.pdf", "a b.pdf"), ("attachment; filename*=latin1''x; filename=y", "y"),
    ] as [(String, String?)])
  func names(field: String, name: String?) { #expect(FetchedName.fileName(field) == name) }

  private func problem<Value>(_ body: () async throws -> Value) async throws -> Problem? {
    do {
      _ = try await body()
      return nil
    } catch let problem as Problem {
      return problem
    } catch let failure as StageFailure {
      return Problem(failure)
    }
  }
}
