import Checkpoints
import Foundation
import StageKit
import TestSupport
import Testing

@Suite("A file that changes all at once")
struct AtomicFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("what is written is read, and nothing lies beside it")
  func write() throws {
    let file = AtomicFile(folder.path + "/job.json")
    #expect(try file.read() == nil)
    for text in ["first", "", "a much longer second"] {
      try file.write(Array(text.utf8))
      #expect(try file.read() == Array(text.utf8))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["job.json"])
  }

  @Test("a write that fails leaves the old bytes and nothing beside them")
  func failure() throws {
    let target = folder.path + "/job.json"
    // A folder that is not empty cannot be replaced by a file.
    try FileManager.default.createDirectory(atPath: target + "/x", withIntermediateDirectories: true)
    #expect(try code { try AtomicFile(target).write([1]) } == .inputOutput)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["job.json"])
    #expect(try code { try AtomicFile(folder.path + "/none/job.json").write([1]) } == .inputOutput)
  }

  @Test("a file too large to be one of ours is not read whole")
  func limit() throws {
    let file = AtomicFile(folder.path + "/job.json")
    try file.write(Array(repeating: 1, count: 100))
    #expect(throws: StageFailure.self) { _ = try file.read(limit: 99) }
    #expect(try file.read(limit: 100)?.count == 100)
  }
}
