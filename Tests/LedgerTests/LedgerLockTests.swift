import Foundation
import StageKit
import TestSupport
import Testing

@testable import Ledger

#if canImport(Glibc)
  import Glibc
#endif

@Suite("The ledger's lock")
struct LedgerLockTests {
  private static let getOpenFileLock: Int32 = 36  // F_OFD_GETLK, which Glibc's module leaves out

  /// Whether SQLite's shared lock stands: without it another program that opens the ledger and goes takes its log away.
  ///
  /// - Parameter descriptor: of the ledger; to be closed after it, since closing it drops the lock.
  private static func isLocked(_ descriptor: Int32) -> Bool {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    (lock.l_start, lock.l_len) = (0x4000_0002, 510)  // https://www.sqlite.org/fileformat2.html: the lock-byte page
    // A lock of an open file meets those of its own process, too.
    return fcntl(descriptor, getOpenFileLock, &lock) == 0 && lock.l_type != Int16(F_UNLCK)
  }

  @Test("stands as long as the ledger is open, be it new, known or from before checksums")
  func owner() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("ledger.sqlite").path
    for _ in 0..<2 {
      let ledger = try SQLiteLedger(path: path, reservesLog: true)
      let descriptor = open(path, O_RDWR | O_CLOEXEC)
      #expect(Self.isLocked(descriptor))
      _ = try await ledger.unfinishedJobs()
      #expect(Self.isLocked(descriptor))
      try await ledger.close()
      close(descriptor)
    }
  }

  @Test("stands as long as one looks through it")
  func inspection() async throws {
    let bench = try LedgerBench()
    try await bench.job(1)
    try await bench.ledger.close()
    let inspection = try LedgerInspection(path: bench.path, writable: true)
    let descriptor = open(bench.path, O_RDWR | O_CLOEXEC)
    #expect(Self.isLocked(descriptor))
    try inspection.close()
    close(descriptor)
  }

  @Test("and the file are its owner's alone, also where the folder is open to others and the file was")
  func permissions() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("ledger.sqlite").path
    func modes() throws -> [Int] {
      try ["", "-wal", "-shm"].map { ending in
        let attributes = try FileManager.default.attributesOfItem(atPath: path + ending)
        return try #require((attributes[.posixPermissions] as? NSNumber)?.intValue)
      }
    }
    var ledger = try SQLiteLedger(path: path)
    #expect(try modes() == [0o600, 0o600, 0o600])
    try await ledger.close()
    chmod(path, 0o644)
    ledger = try SQLiteLedger(path: path)
    #expect(try modes() == [0o600, 0o600, 0o600])
    try await ledger.close()
  }
}

@Suite("A backup of the ledger")
struct LedgerBackupTests {
  @Test("is whole, with a checksum on each page, while the owner works")
  func live() async throws {
    let bench = try LedgerBench()
    for number in 1...40 {
      try await bench.job(number, source: "source \(number)", units: (1...20).map { UnitID(.ocr, .page($0)) })
    }
    let copy = bench.path + ".copy"
    let length = try LedgerBackup.write(from: bench.path, to: copy)
    #expect(length > 20 * 4096)
    #expect(try LedgerFile(path: copy).protection() == .protected)
    #expect(try LedgerFile(path: copy).damages() == [])
    // What comes after it is not in it, and the owner has noticed nothing.
    try await bench.job(41, source: "later")
    #expect(try await SQLiteLedgerReader(path: copy).job(jobID(40)) != nil)
    #expect(try await SQLiteLedgerReader(path: copy).job(jobID(41)) == nil)
    #expect(try await bench.ledger.job(jobID(41)) != nil)
    try await bench.ledger.close()
    let owner = try SQLiteLedger(path: copy)
    #expect(try await owner.units(of: jobID(7)).count == 20)
    try await owner.close()
  }

  @Test("takes no file's place, and says where there is nothing to copy")
  func refused() async throws {
    let bench = try LedgerBench()
    try Data("mine".utf8).write(to: URL(fileURLWithPath: bench.path + ".taken"))
    #expect(throws: StageFailure.self) {
      _ = try LedgerBackup.write(from: bench.path, to: bench.path + ".taken")
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: bench.path + ".taken")) == Data("mine".utf8))
    #expect(throws: LedgerFailure.self) {
      _ = try LedgerBackup.write(from: bench.path + ".none", to: bench.path + ".copy")
    }
    try await bench.ledger.close()
  }
}
