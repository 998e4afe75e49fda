import Checkpoints
import Contracts
import Engine
import Foundation
import GRDB
import Inspection
import Ledger
import StageKit
import Testing

@testable import Service

@Suite("Taking jobs into the search index", .timeLimit(.minutes(10)))
struct SearchIndexerTests {
  @Test("a job with a damaged checkpoint leaves nothing in the index, and is tried once for as long as it stays so")
  func damaged() async throws {
    let bench = try EngineBench()
    try await bench.work { engine in
      let job = try await bench.finish("hello", engine)
      let record = try #require(try await engine.ledger.job(job))
      let snapshot = try await JobSnapshot.now(record, engine.ledger, in: bench.folder)
      guard case .object(let object, _)? = snapshot.place(of: UnitID(.assembly, .page(1))) else {
        Issue.record("the page has no checkpoint")
        return
      }
      let path = ObjectFolder(bench.folder).path(of: object)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      try Data("{}".utf8).write(to: URL(fileURLWithPath: path))

      let index = try SearchIndex(in: bench.folder)
      let failures = SearchFailures()
      let indexer = SearchIndexer(index, engine.ledger, in: bench.folder, failures: failures)
      #expect(failures[job] == nil)
      for _ in 0..<3 {
        #expect(try await indexer.catchUp() == 0)
        #expect(failures[job] == record.seq)
        let count = try await index.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM jobs") }
        #expect(count == 0)
      }
      // As another job over the same document does, which does not change this one.
      try whole.write(to: URL(fileURLWithPath: path))
      #expect(try await indexer.catchUp() == 0)
      let forgetful = SearchFailures(rest: .zero)
      forgetful[job] = record.seq
      let rested = SearchIndexer(index, engine.ledger, in: bench.folder, failures: forgetful)
      #expect(try await rested.catchUp() == 1)
    }
  }
}
