import Foundation
import StageKit
import Testing

@testable import Ledger

@Suite("Room for the write-ahead log")
struct LogReservationTests {
  private static func logLength(_ path: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path + "-wal")[.size] as? Int ?? 0
  }

  @Test("a log with room does not grow, and what is acknowledged is in the files")
  func fixedLength() async throws {
    let bench = try LedgerBench(reservesLog: true)
    let room = try Self.logLength(bench.path)
    #expect(room > 16_000_000)
    for number in 1...40 { try await bench.job(number, units: (1...20).map { UnitID(.ocr, .page($0)) }) }
    #expect(try Self.logLength(bench.path) == room)
    let copy = try bench.copyFiles()
    defer { withExtendedLifetime(copy.folder) {} }
    #expect(try LedgerFile(path: copy.path).damages() == [])
    #expect(try await SQLiteLedgerReader(path: copy.path).job(jobID(40)) != nil)
    let reopened = try SQLiteLedger(path: copy.path, clock: bench.clock, reservesLog: true)
    #expect(try await reopened.job(jobID(1)) != nil)
    #expect(try await reopened.job(jobID(40)) == bench.ledger.job(jobID(40)))
  }

  @Test("room that nothing was written to is no damage, a header that was lost is")
  func emptyLog() async throws {
    let bench = try LedgerBench()
    try await bench.ledger.close()
    let log = URL(fileURLWithPath: bench.path + "-wal")
    try Data(count: 1 << 20).write(to: log)
    #expect(try LedgerFile(path: bench.path).damages() == [])
    let reopened = try SQLiteLedger(path: bench.path, clock: bench.clock, reservesLog: true)
    _ = try await reopened.create(bench.jobRecord(), units: [])
    #expect(try await reopened.job(jobID(1)) != nil)
    var bytes = try Data(contentsOf: log)
    bytes.replaceSubrange(0..<32, with: Data(count: 32))
    try await reopened.close()
    try bytes.write(to: log)
    #expect(try LedgerFile(path: bench.path).damages().map(\.place) == [.logHeader])
  }

  @Test("closing leaves nothing of it")
  func closing() async throws {
    let bench = try LedgerBench(reservesLog: true)
    try await bench.job()
    try await bench.ledger.close()
    #expect(!FileManager.default.fileExists(atPath: bench.path + "-wal"))
  }
}
