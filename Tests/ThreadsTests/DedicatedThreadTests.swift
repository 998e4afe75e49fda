import Foundation
import Testing

@testable import Threads

@Suite("A thread of its own", .timeLimit(.minutes(10)))
struct DedicatedThreadTests {
  @Test(
    "it runs the work once under its name, of which Linux keeps 15 bytes",
    arguments: [("short", "short"), ("a name that is too long", "a name that is ")])
  func named(name: String, kept: String) async throws {
    let (names, continuation) = AsyncStream.makeStream(of: String.self)
    try DedicatedThread.start(name) {
      continuation.yield(ThreadName.current)
      continuation.finish()
    }
    var seen: [String] = []
    for await name in names { seen.append(name) }
    #expect(seen == [kept.trimmingCharacters(in: .newlines)])
  }

  @Test("it gives way by as much more than its starter as it is told, and its starter by no more than before")
  func niceness() async throws {
    let before = ThreadName.niceness
    let (seen, continuation) = AsyncStream.makeStream(of: Int.self)
    try DedicatedThread.start("nicer", niceness: 3) {
      continuation.yield(ThreadName.niceness)
      continuation.finish()
    }
    for await niceness in seen { #expect(niceness == min(19, before + 3)) }
    #expect(ThreadName.niceness == before)
  }

  @Test("it takes no signal of the process")
  func signals() async throws {
    let (masks, continuation) = AsyncStream.makeStream(of: String.self)
    try DedicatedThread.start("masked") {
      let status = (try? String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8)) ?? ""
      continuation.yield(status.split(separator: "\n").first { $0.hasPrefix("SigBlk:") }.map(String.init) ?? "")
      continuation.finish()
    }
    var mask: UInt64 = 0
    for await line in masks {
      mask = UInt64(line.dropFirst("SigBlk:".count).trimmingCharacters(in: .whitespaces), radix: 16) ?? 0
    }
    for signal in [SIGTERM, SIGINT, SIGHUP, SIGPIPE, SIGUSR1] {
      #expect(mask & (1 << UInt64(signal - 1)) != 0, "\(signal)")
    }
  }
}
