import EventLoop
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Service

@Suite("Files made when they are asked for")
struct MadeFilesTests {
  /// Makes files when it is let, and knows what it was asked for.
  private final class Maker: Sendable {
    struct Failure: Error {}

    let folder: TemporaryFolder
    private let state = Mutex((begun: [String](), cancelled: [String](), isOpen: false))

    init() throws { folder = try TemporaryFolder() }

    var begun: [String] { state.withLock { $0.begun } }
    var cancelled: [String] { state.withLock { $0.cancelled } }
    var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()) ?? [] }

    func open() { state.withLock { $0.isOpen = true } }

    func make(_ name: String, bytes: Int = 10) async throws -> MadeFile {
      state.withLock { $0.begun.append(name) }
      while !state.withLock({ $0.isOpen }) {
        do {
          try await Task.sleep(for: .milliseconds(2))
        } catch {
          state.withLock { $0.cancelled.append(name) }
          throw error
        }
      }
      let path = "\(folder.path)/\(name)-\(begun.count)"
      try Data(count: bytes).write(to: URL(fileURLWithPath: path))
      return MadeFile(path: path, entityTag: "\"\(name)\"")
    }

    func until(_ isSo: @Sendable () async -> Bool) async throws {
      for _ in 0..<2000 where await !isSo() { try await Task.sleep(for: .milliseconds(5)) }
      #expect(await isSo())
    }
  }

  @Test("each is made once for all who ask, and again when it is kept no more")
  func once() async throws {
    let maker = try Maker()
    let files = MadeFiles<String>(most: 1, width: 2, longestQueue: 4)
    let asked = (0..<8).map { _ in Task { try await files.file("a") { try await maker.make("a") } } }
    try await maker.until { maker.begun.count == 1 }
    maker.open()
    for task in asked {
      let opened = try await task.value
      #expect(opened.file.size == 10 && opened.entityTag == "\"a\"")
    }
    #expect(maker.begun == ["a"])
    _ = try await files.file("b") { try await maker.make("b") }
    #expect(maker.files == ["b-2"])
    _ = try await files.file("a") { try await maker.make("a") }
    #expect(maker.begun == ["a", "b", "a"])
  }

  @Test("is no longer made when the last who waited has gone, and its place is another's")
  func cancelled() async throws {
    let maker = try Maker()
    let files = MadeFiles<String>(most: 4, width: 1, longestQueue: 4)
    func ask(_ name: String) -> Task<Int64, any Error> {
      Task { try await files.file(name) { try await maker.make(name) }.file.size }
    }
    let first = ask("a")
    try await maker.until { maker.begun == ["a"] }
    let second = ask("a")
    let queued = ask("b")
    let last = ask("c")
    first.cancel()
    await #expect(throws: CancellationError.self) { try await first.value }
    #expect(maker.cancelled.isEmpty)
    queued.cancel()
    await #expect(throws: CancellationError.self) { try await queued.value }
    second.cancel()
    await #expect(throws: CancellationError.self) { try await second.value }
    try await maker.until { maker.cancelled == ["a"] }
    maker.open()
    #expect(try await last.value == 10)
    #expect(maker.begun == ["a", "c"])
    #expect(try await ask("a").value == 10)
  }

  @Test("is removed when it is made for nobody, and who waits is told why")
  func removed() async throws {
    let maker = try Maker()
    let files = MadeFiles<String>(most: 4, width: 1, longestQueue: 4)
    // Takes no notice of being cancelled.
    let asked = Task {
      try await files.file("a") { try await Task.detached { try await maker.make("a") }.value }.file.size
    }
    try await maker.until { maker.begun == ["a"] }
    await files.remove(because: Maker.Failure()) { $0 == "a" }
    await #expect(throws: Maker.Failure.self) { try await asked.value }
    maker.open()
    _ = try await files.file("b") { try await maker.make("b") }
    #expect(maker.files == ["b-2"])
  }

  @Test("those used longest ago go when there are too many bytes, and all when there is no room")
  func bytes() async throws {
    let maker = try Maker()
    maker.open()
    let files = MadeFiles<String>(most: 9, mostBytes: 100, width: 1, longestQueue: 4)
    for name in ["a", "b", "c"] { _ = try await files.file(name) { try await maker.make(name, bytes: 40) } }
    #expect(maker.files == ["b-2", "c-3"])
    let large = try await files.file("d") { try await maker.make("d", bytes: 400) }
    #expect(maker.files == ["d-4"])
    #expect(large.file.size == 400)
    #expect(await files.makeRoom() == 400)
    #expect(maker.files.isEmpty)
  }
}
