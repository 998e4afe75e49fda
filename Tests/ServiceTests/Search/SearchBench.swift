import Checkpoints
import Contracts
import DocumentModel
import Ledger
import StageKit
import TestSupport
import Testing

@testable import Service

/// An index over a folder of its own, filled by hand.
struct SearchBench {
  let temporary: TemporaryFolder
  let index: SearchIndex

  init() throws {
    temporary = try TemporaryFolder()
    index = try SearchIndex(in: DataFolder(temporary.path))
  }

  static func record(_ job: String, owner: String = "", seq: Int64 = 1) throws -> JobRecord {
    let id = try #require(JobID(job))
    let manifest = JobManifest(
      id: id, name: "\(job).pdf", source: Digest(of: Array(job.utf8)), sourceLength: 1,
      settings: JobSettings(formats: [.markdown]), state: .completed, owner: owner, created: "2026-01-01T00:00:00Z")
    return JobRecord(manifest: manifest, created: 0, seq: seq)
  }

  /// Takes in a job whose pages each have one paragraph per line.
  func add(_ job: String, owner: String = "", pages: [String]) async throws {
    let record = try Self.record(job, owner: owner)
    let number = try await index.begin(record, stamp: "stamp")
    let texts = pages.enumerated().compactMap { place, text in
      SearchablePage(place + 1, Self.page(text.split(separator: "\n").map(String.init)))
    }
    try await index.add(texts, to: number)
    try await index.finish(number, of: record.manifest.id)
  }

  /// Paragraphs one below the other, each 20 points high.
  static func page(_ paragraphs: [String]) -> AssemblyOutput {
    AssemblyOutput(
      size: PageSize(width: 600, height: 800), columns: [],
      elements: paragraphs.enumerated().map { place, text in
        Element(
          kind: .paragraph,
          box: BoundingBox(
            left: 50, top: Double(place) * 20, right: 550.25, bottom: Double(place) * 20 + 20),
          runs: [TextRun(text: text, words: [], starts: [])], typography: Typography(size: 10))
      })
  }

  func find(_ text: String, owner: String? = nil, limit: Int = 50) async throws -> [SearchHit] {
    try await index.hits(SearchQuery(text), owner: owner, after: nil, limit: limit)
  }
}
