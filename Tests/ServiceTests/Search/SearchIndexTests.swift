import Checkpoints
import DocumentModel
import Foundation
import GRDB
import StageKit
import TestSupport
import Testing

@testable import Service

@Suite("The search index")
struct SearchIndexTests {
  @Test("a hit tells job, page, the words in their snippet, and the boxes of the paragraphs that have them")
  func hit() async throws {
    let bench = try SearchBench()
    try await bench.add(
      "jb00000001", pages: ["nothing here", "A first paragraph.\nThe net amount is due.\nmore\nAn amount again."])
    let hits = try await bench.find("amount")
    #expect(hits.count == 1)
    let hit = try #require(hits.first)
    #expect(hit.job.text == "jb00000001")
    #expect(hit.name == "jb00000001.pdf")
    #expect(hit.page == 2)
    #expect(
      hit.boxes == [
        BoundingBox(left: 50, top: 20, right: 550.25, bottom: 40),
        BoundingBox(left: 50, top: 60, right: 550.25, bottom: 80),
      ])
    #expect(hit.snippet.filter(\.isMatch).map(\.text) == ["amount", "amount"])
    #expect(hit.snippet.map(\.text).joined().contains("The net amount is due."))
    #expect(hit.score > 0)
  }

  @Test(
    "case and accents do not matter, in the text or in the query",
    arguments: [
      ("Zürich", "zurich"), ("ZURICH", "Zürich"), ("re\u{301}sume\u{301}", "resume"), ("Ångström", "angstrom"),
    ])
  func folded(text: String, query: String) async throws {
    let bench = try SearchBench()
    try await bench.add("jb00000001", pages: ["We went to \(text) once."])
    #expect(try await bench.find(query).count == 1)
  }

  @Test("all words must stand on the page, a phrase as it is, and what is excluded must not")
  func operators() async throws {
    let bench = try SearchBench()
    try await bench.add("jb00000001", pages: ["net amount\ntax", "amount net\ntax", "net amount\ndraft", "taxation"])
    func pages(_ text: String) async throws -> [Int] { try await bench.find(text).map(\.page).sorted() }
    #expect(try await pages("net amount") == [1, 2, 3])
    #expect(try await pages("\"net amount\"") == [1, 3])
    #expect(try await pages("\"net amount\" -draft") == [1])
    #expect(try await pages("tax*") == [1, 2, 4])
    #expect(try await pages("net elsewhere") == [])
  }

  @Test("markup and control characters in a document stay text, and forge no marks")
  func hostileText() async throws {
    let bench = try SearchBench()
    try await bench.add("jb00000001", pages: ["<script>alert(1)</script> \u{2}fake\u{3} amount \u{0}\u{1B}[31m"])
    let hit = try #require(try await bench.find("amount").first)
    #expect(hit.snippet.filter(\.isMatch).map(\.text) == ["amount"])
    #expect(hit.snippet.map(\.text).joined().unicodeScalars.allSatisfy { $0.value >= 0x20 })
    #expect(hit.snippet.contains { !$0.isMatch && $0.text.contains("<script>") })
  }

  @Test("one sees one's own jobs, and an admin all")
  func owners() async throws {
    let bench = try SearchBench()
    try await bench.add("jb00000001", owner: "ann", pages: ["amount"])
    try await bench.add("jb00000002", owner: "ben", pages: ["amount"])
    #expect(try await bench.find("amount", owner: "ann").map(\.job.text) == ["jb00000001"])
    #expect(try await bench.find("amount", owner: "").isEmpty)
    #expect(try await bench.find("amount").count == 2)
  }

  @Test("page after page, every hit is told once, the best first")
  func paging() async throws {
    let bench = try SearchBench()
    for number in 0..<7 {
      let pages = (0..<9).map {
        "amount " + String(repeating: "amount ", count: $0 % 3) + String(repeating: "x ", count: number)
      }
      try await bench.add("jb0000000\(number)", pages: pages)
    }
    var seen: [String] = []
    var scores: [Double] = []
    var place: SearchPlace?
    while true {
      let hits = try await bench.index.hits(SearchQuery("amount"), owner: nil, after: place, limit: 10)
      seen += hits.map { "\($0.job)/\($0.page)" }
      scores += hits.map(\.score)
      guard hits.count == 10, let last = hits.last else { break }
      place = SearchPlace(last.place.text)
      #expect(place == last.place)
    }
    #expect(seen.count == 63)
    #expect(Set(seen).count == 63)
    #expect(scores == scores.sorted(by: >))
  }

  @Test(
    "what no cursor is, is none",
    arguments: ["", "-", "x-1", "0-", "7ff0000000000000-1", "0--5", "ffffffffffffffffff-1"])
  func cursors(text: String) {
    #expect(SearchPlace(text) == nil)
  }

  @Test("a job that was taken in again is found as it is now, and its old text no more")
  func again() async throws {
    let bench = try SearchBench()
    try await bench.add("jb00000001", pages: (0..<200).map { "before \($0)" })
    try await bench.add("jb00000001", pages: ["after"])
    #expect(try await bench.find("before").isEmpty)
    #expect(try await bench.find("after").count == 1)
    #expect(try await bench.index.pageCount() == 1)
  }

  @Test("a removed job is found no more, and its words are not in the file any longer")
  func removed() async throws {
    let bench = try SearchBench()
    try await bench.add("jb00000001", pages: (0..<100).map { "xylophonist \($0)" })
    try await bench.add("jb00000002", pages: ["amount"])
    try await bench.index.remove(try #require(JobID("jb00000001")))
    #expect(try await bench.find("xylophonist").isEmpty)
    #expect(try await bench.find("amount").count == 1)
    #expect(try await bench.index.pageCount() == 1)
    try bench.index.close()
    let file = try Data(contentsOf: bench.temporary.file("search.sqlite"))
    #expect(file.range(of: Data("xylophonist".utf8)) == nil)
  }

  @Test("a damaged index is begun anew, and one of another version, too", arguments: [true, false])
  func damaged(isGarbage: Bool) async throws {
    let bench = try SearchBench()
    try await bench.add("jb00000001", pages: ["amount"])
    try bench.index.close()
    let path = bench.temporary.path + "/search.sqlite"
    if isGarbage {
      try Data(repeating: 0x5A, count: 20_000).write(to: URL(fileURLWithPath: path))
    } else {
      // The user version is the big-endian number at byte 60 of the file.
      let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
      try file.seek(toOffset: 60)
      try file.write(contentsOf: Data([0, 0, 0, 99]))
      try file.close()
    }
    let index = try SearchIndex(in: DataFolder(bench.temporary.path))
    #expect(try await index.pageCount() == 0)
  }

  @Test("packed passages come back as they were")
  func packed() {
    let passages = [
      SearchablePage.Passage(range: 0..<7, box: BoundingBox(left: -0.25, top: 0, right: 14_400, bottom: 3.5)),
      SearchablePage.Passage(range: 8..<90_000, box: BoundingBox(left: 1.5, top: 2.75, right: 3, bottom: 4)),
    ]
    #expect([SearchablePage.Passage](packed: passages.packed) == passages)
    #expect([SearchablePage.Passage](packed: Array(passages.packed.dropLast())).count == 1)
  }

  @Test("a read that takes too long is ended alone: other reads and writes go on, and its connection serves the next")
  func patience() async throws {
    let bench = try SearchBench()
    let index = bench.index
    let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    let long = endless.replacing("SELECT x + 1 FROM n", with: "SELECT x + 1 FROM n WHERE x < 1000000")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let failure = await #expect(throws: StageFailure.self) {
            try await index.read(within: .milliseconds(100)) { _ = try Row.fetchAll($0, sql: endless) }
          }
          #expect(failure?.code == .timedOut)
        }
        group.addTask {
          let count = try await index.read { try Int.fetchOne($0, sql: long) }
          #expect(count == 1_000_000)
        }
      }
      group.addTask {
        for _ in 0..<10 {
          let count = try await index.write { try Int.fetchOne($0, sql: long) }
          #expect(count == 1_000_000)
        }
      }
      try await group.waitForAll()
    }
    try await bench.add("jb00000001", pages: ["amount"])
    #expect(try await bench.find("amount").count == 1)
  }

  @Test("what was begun and never ended is swept away, and takes nothing more; what can be found stays")
  func sweep() async throws {
    let bench = try SearchBench()
    try await bench.add("jb00000001", pages: ["amount"])
    let half = try await bench.index.begin(try SearchBench.record("jb00000002"), stamp: "x")
    let page = try #require(SearchablePage(1, SearchBench.page(["amount"])))
    try await bench.index.add([page], to: half)
    try await bench.index.sweep()
    #expect(try await bench.index.pageCount() == 1)
    await #expect(throws: StageFailure.self) { try await bench.index.add([page], to: half) }
    await #expect(throws: StageFailure.self) {
      try await bench.index.finish(half, of: try #require(JobID("jb00000001")))
    }
    #expect(try await bench.find("amount").count == 1)
  }
}
