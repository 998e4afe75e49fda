import CanonicalJSON
import Checkpoints
import Contracts
import DocumentModel
import Foundation
import Ledger
import StageKit
import Testing

@testable import Inspection

extension EndToEnd {
  @Suite("trace")
  struct TraceTests {
    @Test("knows every word of every export, and what was made of every word", arguments: Documents.readable)
    func fixtures(name: String) async throws {
      let place = try SheafPlace()
      try await place.sheaf(["run", Programs.fixture(name)] + SheafPlace.allFormats)
      try TracedDocument(try await place.snapshot()).check()
    }

    @Test(
      "knows every word of real documents",
      .enabled(if: Corpus.folder != nil, "needs a folder of documents in SHEAF_CORPUS"), arguments: Corpus.sample)
    func corpus(path: String) async throws {
      let place = try SheafPlace()
      let end = try await place.sheaf(
        ["run", path, "--pages", "1-4"] + SheafPlace.allFormats, limit: .seconds(300))
      // What cannot be read is another test's affair.
      guard end.exit == 0 || end.exit == 3 else { return }
      try TracedDocument(try await place.snapshot()).check()
    }

    @Test("walks back from a text, a byte, a chunk and a field, and forward from a box")
    func ways() async throws {
      let place = try SheafPlace()
      try await place.sheaf(["run", Programs.fixture("invoice")] + SheafPlace.allFormats)
      func trace(_ arguments: String...) async throws -> Trace {
        let end = try await place.sheaf(["trace", "last"] + arguments + ["--json"], delivering: false)
        return try CanonicalDecoder().decode(Trace.self, from: Array(end.output.utf8))
      }
      let text = try await trace("Total due")
      let words = try #require(text.matches.first?.words)
      #expect(words.map(\.text) == ["Total", "due"] && words.allSatisfy { $0.source == .textLayer && $0.cell != nil })
      #expect(text.matches[0].elements.first?.kind == .table)
      let start = try #require(text.matches[0].place?.start)
      #expect(try await trace("--offset", "\(start)").matches.first?.words.map(\.text) == ["Total"])

      let field = try await trace("--field", "total_gross")
      #expect(field.matches.first?.words.isEmpty == false)
      let chunk = try #require(text.matches[0].elements[0].chunks.first)
      let all = try await trace("--chunk", chunk).matches[0].words
      #expect(all.count > 20 && Set(all.map(\.word)).isSuperset(of: words.map(\.word)))

      let box = words[0].box
      let forward = try await trace("--box", "1,\(box.left),\(box.top),\(box.right),\(box.bottom)")
      #expect(forward.matches[0].words.map(\.word) == [words[0].word])
      #expect(
        Set(forward.matches[0].exports.map(\.format)).isSuperset(of: ["md", "html", "txt", "json", "csv", "chunks"]))
      #expect(forward.matches[0].exports.contains { $0.format == "md" && $0.text == "Total" })

      let none = try await place.sheaf(["trace", "last", "no such words"], delivering: false)
      #expect(none.errors.contains("stands nowhere in md"))
      let people = try await place.sheaf(["trace", "last", "Total due"], delivering: false)
      #expect(people.output.contains("08 assembly") && people.output.contains("text-layer"))
    }
  }
}

/// Real documents: one in twenty of a folder, by name.
enum Corpus {
  static let folder = ProcessInfo.processInfo.environment["SHEAF_CORPUS"]

  static let sample: [String] = {
    guard let folder, let names = try? FileManager.default.subpathsOfDirectory(atPath: folder) else { return [] }
    let documents = names.filter { $0.hasSuffix(".pdf") }.sorted()
    return documents.indices.filter { $0 % 20 == 0 }.map { folder + "/" + documents[$0] }
  }()
}

extension SheafPlace {
  func snapshot() async throws -> JobSnapshot { try await .now(job(), ledger(), in: data) }
}
