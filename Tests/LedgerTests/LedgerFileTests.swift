import Checkpoints
import Foundation
import GRDB
import StageKit
import TestSupport
import Testing

@testable import Ledger

@Suite("The ledger's bytes")
struct LedgerFileTests {
  /// A ledger of some hundred pages; closed, its log is empty, and copied, much of it is in the log.
  private static func fill(_ bench: LedgerBench) async throws {
    for number in 1...40 {
      try await bench.job(number, source: "source \(number)", units: (1...20).map { UnitID(.ocr, .page($0)) })
      try await bench.ledger.apply((1...5).map { .artifact(artifact("\(number) \($0)")) })
    }
  }

  private static func flip(_ path: String, byte: Int, bit: Int) throws {
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try handle.seek(toOffset: UInt64(byte))
    let old = try handle.read(upToCount: 1)?.first ?? 0
    try handle.seek(toOffset: UInt64(byte))
    try handle.write(contentsOf: Data([old ^ (1 << bit)]))
    try handle.close()
  }

  @Test("every wrong bit of a closed ledger is found and set right")
  func pages() async throws {
    let bench = try LedgerBench()
    try await Self.fill(bench)
    try await bench.ledger.close()
    let whole = try Data(contentsOf: URL(fileURLWithPath: bench.path))
    let file = LedgerFile(path: bench.path)
    #expect(try file.damages() == [])
    #expect(whole.count > 50 * 4096)
    var generator = SeededGenerator(7)
    for _ in 0..<60 {
      let (byte, bit) = (generator.below(whole.count), generator.below(8))
      try Self.flip(bench.path, byte: byte, bit: bit)
      let damages = try file.damages()
      #expect(damages.map(\.place) == [.page(byte / 4096 + 1)])
      #expect(damages.first?.wrongBit == LedgerDamage.WrongBit(offset: byte, bit: bit))
      try file.correct(damages)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: bench.path)) == whole)
  }

  @Test("every wrong bit of the log is found; most are set right, none wrongly")
  func log() async throws {
    let bench = try LedgerBench()
    try await Self.fill(bench)
    let (folder, path) = try bench.copyFiles()
    defer { withExtendedLifetime(folder) {} }
    let whole = try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
    let file = LedgerFile(path: path)
    #expect(try file.damages() == [])
    #expect(whole.count > 100_000)
    var generator = SeededGenerator(8)
    var corrected = 0
    for _ in 0..<60 {
      let (byte, bit) = (generator.below(whole.count), generator.below(8))
      try Self.flip(path + "-wal", byte: byte, bit: bit)
      let damages = try file.damages()
      #expect(damages.count == 1)
      if let wrong = damages.first?.wrongBit {
        #expect(wrong == LedgerDamage.WrongBit(offset: byte, bit: bit))
        corrected += 1
      }
      try Self.flip(path + "-wal", byte: byte, bit: bit)
    }
    // The log's sums tell bits apart but for the highest of each word.
    #expect(corrected > 30)
  }

  @Test("a page that lost a bit is never taken for data")
  func reading() async throws {
    let bench = try LedgerBench()
    try await Self.fill(bench)
    try await bench.ledger.close()
    let pages = try Data(contentsOf: URL(fileURLWithPath: bench.path)).count / 4096
    try Self.flip(bench.path, byte: pages / 2 * 4096 + 2000, bit: 0)
    let inspection = try LedgerInspection(path: bench.path, writable: false)
    #expect {
      for number in 1...40 {
        _ = try inspection.units(of: jobID(number))
        _ = try inspection.artifacts(keys: (1...5).map { artifact("\(number) \($0)").key })
      }
      _ = try inspection.structuralProblems()
    } throws: { error in
      if case LedgerFailure.corrupt = error { true } else { false }
    }
  }

  @Test("a ledger from before there were checksums gets them when its owner opens it")
  func older() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("ledger.sqlite").path
    let plain = try DatabaseQueue(path: path)
    try await plain.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL; CREATE TABLE old (a)") }
    try plain.close()
    #expect(try LedgerFile(path: path).protection() == .unprotected)
    let ledger = try SQLiteLedger(path: path)
    _ = try await ledger.create(LedgerBench().jobRecord(), units: [])
    try await ledger.close()
    #expect(try LedgerFile(path: path).protection() == .protected)
    #expect(try LedgerFile(path: path).damages() == [])
    #expect(try await SQLiteLedgerReader(path: path).job(jobID(1)) != nil)
  }

  @Test("a header that denies its checksums is damage, and its owner refuses it")
  func denied() async throws {
    let bench = try LedgerBench()
    try await Self.fill(bench)
    try await bench.ledger.close()
    // The count of reserved bytes, 8: with this bit gone it says none.
    try Self.flip(bench.path, byte: 20, bit: 3)
    #expect(try LedgerFile(path: bench.path).protection() == .damaged)
    #expect(throws: LedgerFailure.self) { _ = try SQLiteLedger(path: bench.path) }
    try LedgerFile(path: bench.path).correct(LedgerFile(path: bench.path).damages())
    #expect(try LedgerFile(path: bench.path).damages() == [])
  }
}
