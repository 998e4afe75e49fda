import CanonicalJSON
import Checkpoints
import Foundation
import Ledger
import StageKit
import Testing

#if canImport(Glibc)
  import Glibc
#endif

extension EndToEnd {
  @Suite("The command line")
  struct CommandRunTests {
    @Test("prints JSON lines that are complete: every number, every unit, every result")
    func jsonLines() async throws {
      let place = try SheafPlace()
      let source = try place.copy("sample", as: "sample.pdf")
      let end = try await place.sheaf(["run", source, "--json", "--pages", "1-3"] + SheafPlace.allFormats)
      #expect(end.exit == 0, "\(end.errors)")
      #expect(end.errors.isEmpty)
      let lines = try end.lines()
      #expect(lines.first?["type"]?.string == "admitted")
      #expect(lines.first?["input"]?.string == source)
      #expect(lines.last == ["type": "end", "exit": 0])
      let numbers = lines.compactMap { $0["seq"]?.whole }
      #expect(numbers == Array(1...Int64(numbers.count)))
      let finished = lines.filter { $0["type"]?.string == JobEvent.Kind.unitFinished.rawValue }.count
      let job = try await place.job().manifest.id
      #expect(finished == (try await place.ledger().units(of: job).count))
      let results = lines.filter { $0["type"]?.string == "result" }
      #expect(Set(results).count == results.count)
      let told = results.compactMap { $0["path"]?.string }
      let delivered = place.results().keys.map { place.out + "/" + $0 }
      #expect(delivered.filter { path in !told.contains { path == $0 || path.hasPrefix($0) } } == [])
      #expect(told.allSatisfy { FileManager.default.fileExists(atPath: $0) })
    }

    @Test("reads standard input and writes to standard output")
    func standardStreams() async throws {
      let place = try SheafPlace()
      let end = try await place.sheaf(["run", "-", "--out", "-"], input: Programs.fixture("hello"))
      #expect(end.exit == 0, "\(end.errors)")
      #expect(end.output.hasPrefix("# Hello, Reader\n"))
      #expect(try await place.sheaf(["run", "-"], input: Programs.fixture("hello")).exit == 0)
      #expect(place.results().keys.sorted() == ["stdin.md"])
    }

    @Test("keeps the results of documents of one name apart")
    func names() async throws {
      let place = try SheafPlace()
      let files = [
        try place.copy("hello", as: "a.pdf"), try place.copy("receipt", as: "a.png"),
        try place.copy("invoice", as: "b/x.v2.pdf"), try place.copy("form", as: "c/x.v2.pdf"),
      ]
      let end = try await place.sheaf(["run"] + files)
      #expect(end.exit == 0, "\(end.errors)")
      #expect(
        place.results().keys.filter { $0.hasSuffix(".md") }.sorted() == [
          "a.pdf.md", "a.png.md", "x.v2-2.md", "x.v2.md",
        ])
    }

    @Test("keeps to the pages and stages that it is told")
    func pagesAndUntil() async throws {
      let place = try SheafPlace()
      let end = try await place.sheaf(["run", Programs.fixture("cards8"), "--pages", "2-3,7", "--until", "layout"])
      #expect(end.exit == 0, "\(end.errors)")
      #expect(place.results().isEmpty)
      let units = try await place.attempts().map(\.unit)
      #expect(Set(units.compactMap(\.page)) == [2, 3, 7])
      #expect(Set(units.map(\.stage)) == [.ingest, .render, .ocr, .layout])
      let beyond = try await place.sheaf(["run", Programs.fixture("hello"), "--pages", "9"])
      #expect(beyond.exit == 1)
      #expect(beyond.errors.contains("[no_such_page]"), "\(beyond.errors)")
    }

    @Test(
      "stops cleanly at a signal, says how to go on, and goes on",
      arguments: zip([SIGINT, SIGTERM], [130, 143] as [Int32]))
    func stopped(signal: Int32, status: Int32) async throws {
      let undisturbed = try SheafPlace()
      let run = ["run", Programs.fixture("cards8")] + SheafPlace.allFormats
      try #require(try await undisturbed.sheaf(run).exit == 0)
      let claims = try await JobClaims(of: undisturbed)
      let place = try SheafPlace()
      let end = try await place.sheaf(run) { process in
        try await place.reached(.ocr, count: 2)
        kill(process, signal)
      }
      #expect(end.exit == status, "\(end.errors)")
      let job = try await place.job().manifest
      #expect(!job.state.isFinished)
      #expect(end.errors.contains("sheaf resume \(job.id)"), "\(end.errors)")
      #expect(end.survivors == [])
      #expect(place.results().isEmpty)
      #expect(try place.leftovers() == [])
      #expect(try await place.sheaf(["resume", job.id.text]).exit == 0)
      try await claims.check(place)
    }

    @Test("tells a second writer who owns the folder, answers readers, and takes a cancel from outside")
    func owner() async throws {
      let undisturbed = try SheafPlace()
      let run = ["run", Programs.fixture("scan8")] + SheafPlace.allFormats
      try #require(try await undisturbed.sheaf(run).exit == 0)
      let claims = try await JobClaims(of: undisturbed)
      let place = try SheafPlace()
      let end = try await place.sheaf(run) { process in
        try await place.reached(.ocr)
        let second = try await place.sheaf(["run", Programs.fixture("hello")])
        #expect(second.exit == 1)
        #expect(second.errors.contains("[data_folder_owned]"), "\(second.errors)")
        #expect(second.errors.contains("sheaf run") && second.errors.contains("\(process)"), "\(second.errors)")

        let status = try await place.sheaf(["status", "last", "--json"], delivering: false)
        let members = try #require(try status.lines().first)
        #expect(members["state"]?.string == "running")
        #expect(members["owner"]?.object?["process"]?.whole == Int64(process))
        #expect(members["running"]?.array?.isEmpty == false)

        let cancel = try await place.sheaf(["cancel", "last"], delivering: false)
        #expect(cancel.exit == 0, "\(cancel.errors)")
      }
      #expect(end.exit == 1, "\(end.errors)")
      #expect(end.survivors == [])
      #expect(place.results().isEmpty)
      #expect(try await place.job().manifest.state == .cancelled)
      #expect(try await place.sheaf(["resume", "last"]).exit == 0)
      JobClaims.expectEqual(try await place.tree(), claims.checkpoints, "checkpoints")
      JobClaims.expectEqual(place.results(), claims.results, "results")
      // Nothing that was done before the cancel ran again.
      let succeeded = try await place.attempts().filter { $0.outcome == .succeeded }.map(\.unit)
      #expect(Set(succeeded).count == succeeded.count)
    }

    @Test("completes a document of which an export is missing with 3, and with 0 once it is tried again")
    func missingExport() async throws {
      let place = try SheafPlace()
      try #require(try await place.sheaf(["run", Programs.fixture("hello"), "--format", "md,chunks"]).exit == 0)
      // What is done stands, so that a fresh worker begins with the missing export, and dies of its eighth input each time.
      let run = ["run", Programs.fixture("hello"), "--format", "md,chunks,json"]
      let end = try await place.sheaf(run, environment: ["SHEAF_FAULT": "worker:input:8"])
      #expect(end.exit == 3, "\(end.errors)")
      #expect(end.errors.contains("[crashed]"), "\(end.errors)")
      let missing = try await place.job().manifest
      #expect(missing.state == .completedWithErrors)
      #expect(place.results()["source.md"] != nil)
      #expect(place.results()["source.json"] == nil)
      // Given up is given up, until somebody asks.
      #expect(try await place.sheaf(["resume", "last"]).exit == 3)
      #expect(try await place.sheaf(["resume", "last", "--retry-gaps"]).exit == 0)
      #expect(place.results().keys.sorted() == ["source.chunks.jsonl", "source.json", "source.md"])
    }
  }
}
