import Foundation
import TestSupport
import Testing

@testable import Archive

#if canImport(Glibc)
  import Glibc
#endif

@Suite("An archive")
struct ArchiveTests {
  private static let files: [(String, [UInt8])] = [
    ("bundle.json", Array("{}".utf8)), ("empty", []), ("objects/aa/large", (0..<1_000_000).map { UInt8($0 % 251) }),
  ]

  @Test("gives back what went in, in order")
  func roundTrip() throws {
    let bytes = try Self.write(Self.files)
    let read = try Self.read(bytes)
    #expect(read.map(\.0) == Self.files.map(\.0))
    #expect(read.map(\.1) == Self.files.map(\.1))
  }

  @Test("is the same to the byte whenever it is made")
  func deterministic() throws {
    let first = try Self.write(Self.files)
    sleep(1)
    #expect(try Self.write(Self.files) == first)
  }

  @Test("that ends early is damaged, wherever", arguments: [1, 2, 3, 5, 9])
  func truncated(tenth: Int) throws {
    let bytes = try Self.write(Self.files)
    #expect(throws: ArchiveFailure.self) { try Self.read(Array(bytes.prefix(bytes.count * tenth / 10))) }
  }

  @Test("of another kind is not opened", arguments: ["plain text", "\u{1F}\u{8B}\u{8}", "PK\u{3}\u{4}", ""])
  func foreign(text: String) throws {
    #expect(throws: ArchiveFailure.self) { try Self.read(Array(text.utf8)) }
  }

  private static func write(_ files: [(String, [UInt8])]) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let path = folder.path + "/archive"
    let descriptor = open(path, O_RDWR | O_CREAT, 0o600)
    defer { close(descriptor) }
    let writer = try ArchiveWriter(descriptor: descriptor)
    for (name, bytes) in files { try bytes.withUnsafeBytes { try writer.add(name, $0) } }
    try writer.finish()
    return Array(try #require(FileManager.default.contents(atPath: path)))
  }

  private static func read(_ bytes: [UInt8]) throws -> [(String, [UInt8])] {
    let folder = try TemporaryFolder()
    let path = folder.path + "/archive"
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let descriptor = open(path, O_RDONLY)
    defer { close(descriptor) }
    let reader = try ArchiveReader(descriptor: descriptor)
    var files: [(String, [UInt8])] = []
    while let entry = try reader.next() {
      var content: [UInt8] = []
      try reader.read { content += $0 }
      #expect(entry.kind == .file)
      #expect(entry.length == content.count)
      files.append((entry.path ?? "", content))
    }
    return files
  }
}
