import CanonicalJSON
import Checkpoints
import Engine
import Foundation
import Ledger
import Logging
import StageKit
import TestSupport
import Testing

@testable import sheaf_worker

/// Old results are found by their stage's version, so a version that stays while its results change lets old ones stand
/// in for new ones.
@Suite("A stage's version")
struct StageVersionTests {
  @Test("is raised whenever what the stage yields changes")
  func honest() async throws {
    let yielded = try await Self.yielded()
    if ProcessInfo.processInfo.environment["SHEAF_WRITE_GOLDEN"] != nil {
      let text = try JSONText.prettyPrinted(CanonicalEncoder().encode(yielded))
      try Data(text).write(to: Self.golden)
    }
    let known = try CanonicalDecoder().decode([String: Yield].self, from: Data(contentsOf: Self.golden))
    #expect(Set(known.keys) == Set(yielded.keys))
    for (stage, now) in yielded {
      guard let before = known[stage], before.digest != now.digest else { continue }
      #expect(before.version < now.version, "\(stage) yields something else: raise its version (CONTRIBUTING.md)")
      #expect(before == now, "run the tests once with SHEAF_WRITE_GOLDEN=1 to note what \(stage) yields now")
    }
  }

  /// What a stage yields over the documents, without the bytes of its pictures, which are the libraries' affair.
  struct Yield: Codable, Hashable {
    let version: Int
    let digest: Digest
  }

  /// Born digital, so that recognition, which may differ between processors, has no part in them.
  private static let documents = ["hello", "invoice", "form"]
  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures")
  private static let golden = fixtures.appendingPathComponent("stage-versions.json")

  private static func yielded() async throws -> [String: Yield] {
    let temporary = try TemporaryFolder()
    let folder = DataFolder(temporary.path + "/data")
    let engine = try await JobEngine.open(
      folder,
      EngineConfiguration(
        workers: 2, program: "version test", logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
    var jobs: [JobID] = []
    for name in documents {
      let file = try FileHandle(forReadingFrom: fixtures.appendingPathComponent("\(name)/source.pdf"))
      let document = try await engine.take(from: file.fileDescriptor)
      let settings = JobSettings(formats: ExportFormat.allCases)
      jobs.append(try await engine.submit(document, name: name, settings: settings, password: nil).manifest.id)
    }
    try await engine.run()
    var lines: [StageID: [String]] = [:]
    for job in jobs {
      for row in try await engine.ledger.units(of: job) {
        let key = try #require(row.key, "\(row.unit) is not done")
        let artifact = try #require(try await engine.ledger.artifact(key: key))
        for record in [artifact.checkpoint] + artifact.parts {
          lines[row.unit.stage, default: []].append("\(record.unit) \(try payload(of: record, in: folder))")
        }
      }
    }
    let versions = Dictionary(engine.pipeline.description.stages.map { ($0.stage, $0.version) }) { first, _ in first }
    try await engine.close()
    return Dictionary(
      uniqueKeysWithValues: lines.map { stage, lines in
        (stage.rawValue, Yield(version: versions[stage] ?? 0, digest: Digest(of: lines.joined(separator: "\n").utf8)))
      })
  }

  private static func payload(of record: CheckpointRecord, in folder: DataFolder) throws -> Digest {
    try ObjectFolder(folder).get(record.file.digest).withBytes { bytes in
      try CheckpointReader(bytes, unit: record.unit, file: record.file.digest).withPayload { Digest(of: $0) }
    }
  }
}
