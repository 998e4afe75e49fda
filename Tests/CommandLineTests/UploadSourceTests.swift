import Foundation
import HTTPServer
import StageKit
import Testing

@testable import sheaf

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Bytes that are sent more than once")
struct UploadSourceTests {
  /// - Parameter pieces: how many to read; nil for all.
  private func read(_ body: ClientBody, pieces: Int? = nil) async throws -> [UInt8] {
    guard case .stream(_, let next) = body else { return [] }
    var bytes: [UInt8] = []
    var count = 0
    while count != pieces, let piece = try await next() {
      bytes += piece
      count += 1
    }
    return bytes
  }

  private static let content = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }

  @Test("a pipe's bytes come again from the first, wherever an attempt before was given up")
  func pipe() async throws {
    let pipe = Pipe()
    let source = try UploadSource(dup(pipe.fileHandleForReading.fileDescriptor))
    let writing = Task.detached {
      try pipe.fileHandleForWriting.write(contentsOf: Self.content)
      try pipe.fileHandleForWriting.close()
    }
    #expect(source.body().isUnmeasured)
    let first = try await read(source.body(), pieces: 2)
    #expect(!first.isEmpty && first.count < Self.content.count)
    #expect(try await read(source.body()) == Self.content)
    #expect(try await read(source.body()) == Self.content)
    try await writing.value
  }

  @Test("a file is sent from where it stood, and attempts do not take from each other")
  func file() async throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    #expect(FileManager.default.createFile(atPath: path, contents: Data(Self.content)))
    defer { unlink(path) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    lseek(descriptor, 10, SEEK_SET)
    let source = try UploadSource(descriptor)
    let (first, second) = (source.body(), source.body())
    let begun = try await read(first, pieces: 1)
    #expect(try await read(second) == Array(Self.content[10...]))
    #expect(begun + (try await read(first)) == Array(Self.content[10...]))
    guard case .stream(let length, _) = first else { return }
    #expect(length == Int64(Self.content.count - 10))
  }

  @Test("a file that becomes shorter while it is sent ends the request, which would never be whole")
  func shortened() async throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    #expect(FileManager.default.createFile(atPath: path, contents: Data(Self.content)))
    defer { unlink(path) }
    let source = try UploadSource(open(path, O_RDONLY | O_CLOEXEC))
    let body = source.body()
    _ = try await read(body, pieces: 1)
    truncate(path, 10)
    await #expect(throws: StageFailure.self) { _ = try await read(body) }
  }
}

extension ClientBody {
  fileprivate var isUnmeasured: Bool { if case .stream(nil, _) = self { true } else { false } }
}
