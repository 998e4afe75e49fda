import Checkpoints
import Ledger
import StageKit
import TestSupport
import Testing

@Suite("Artifacts in the ledger")
struct ArtifactTests {
  /// A document stage with parts, files of parts and gaps.
  private static let document = ArtifactRecord(
    key: digest("key doc"), checkpoint: checkpoint("doc", unit: UnitID(.regions), files: ["z.bin", "a.bin"]),
    parts: [1, 2, 10].map { page in
      checkpoint("part \(page)", unit: UnitID(.regions, .page(page)), files: page == 2 ? ["y.png", "b.png"] : [])
    }, gaps: [3: .pageUnreadable, 9: .pageTooLarge], encrypted: true)

  @Test(
    "an artifact comes back with its parts, gaps and files in order", arguments: [Self.document, artifact("plain")])
  func roundTrip(record: ArtifactRecord) async throws {
    let bench = try LedgerBench()
    try await bench.ledger.apply([.artifact(artifact("other")), .artifact(record)])
    #expect(try await bench.ledger.artifact(key: record.key) == record)
    #expect(try await bench.ledger.artifact(key: digest("nothing")) == nil)
  }

  @Test("an artifact stored again replaces all of the old one")
  func replacing() async throws {
    let bench = try LedgerBench()
    let smaller = ArtifactRecord(
      key: Self.document.key, checkpoint: checkpoint("new", unit: UnitID(.regions)),
      parts: [checkpoint("part 2", unit: UnitID(.regions, .page(2)))], gaps: [:])
    try await bench.ledger.apply([.artifact(Self.document)])
    try await bench.ledger.apply([.artifact(smaller)])
    #expect(try await bench.ledger.artifact(key: smaller.key) == smaller)
    #expect(try await !bench.ledger.knowsObject(digest("doc z.bin")))
    try await bench.ledger.apply([.removeArtifact(key: smaller.key), .removeArtifact(key: digest("nothing"))])
    #expect(try await bench.ledger.artifact(key: smaller.key) == nil)
    #expect(try await !bench.ledger.knowsObject(digest("file part 2")))
  }

  @Test("fifteen thousand keys are asked for at once")
  func manyKeys() async throws {
    let bench = try LedgerBench()
    let records = (1...5000).map { artifact("\($0)", unit: UnitID(.ocr, .page($0))) } + [Self.document]
    try await bench.ledger.apply(records.map { .artifact($0) })
    let keys = (1...15_000).map { artifact("\($0)").key } + [Self.document.key]
    let found = try await bench.ledger.artifacts(keys: keys)
    #expect(found.count == 5001)
    #expect(records.allSatisfy { found[$0.key] == $0 })
    #expect(try await bench.ledger.artifacts(keys: []).isEmpty)
  }

  @Test(
    "every place that names an object is known",
    arguments: [
      ("file doc", true), ("doc z.bin", true), ("file part 10", true), ("part 2 y.png", true), ("source", true),
      ("content doc", false), ("key doc", false), ("nothing", false),
    ])
  func knownObjects(name: String, isKnown: Bool) async throws {
    let bench = try LedgerBench()
    try await bench.job()
    try await bench.ledger.apply([.artifact(Self.document)])
    #expect(try await bench.ledger.knowsObject(digest(name)) == isKnown)
    let known = try await bench.ledger.knownObjects(among: [digest(name), digest("file doc"), digest("nobody's")])
    #expect(known == (isKnown ? [digest(name), digest("file doc")] : [digest("file doc")]))
  }

  @Test("a part of no page is refused, and nothing of the artifact stays")
  func strayPart() async throws {
    let bench = try LedgerBench()
    let stray = ArtifactRecord(
      key: digest("k"), checkpoint: checkpoint("doc", unit: UnitID(.regions)),
      parts: [checkpoint("part", unit: UnitID(.regions))], gaps: [:])
    await #expect {
      try await bench.ledger.apply([.artifact(stray)])
    } throws: { error in
      if case LedgerFailure.integrity = error { true } else { false }
    }
    #expect(try await bench.ledger.artifact(key: stray.key) == nil)
  }
}
