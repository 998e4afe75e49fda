import EventLoop
import Foundation
import HTTPServer

/// `sheaf serve` as a process of its own, with the real worker: for tests that kill it, or look at it from outside.
final class ServerProcess {
  let port: UInt16
  private let process = Process()

  /// Beside the test program, where the build put it.
  static let executable: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("sheaf").path
  }()

  struct NotStarted: Error {}

  /// Starts it and waits until it is ready.
  init(data: String, port: UInt16, settings: [String] = [], loop: EventLoop) async throws {
    self.port = port
    process.executableURL = URL(fileURLWithPath: Self.executable)
    process.arguments =
      ["serve", "--listen", "127.0.0.1:\(port)", "--data", data, "--set", "log.level=error"]
      + settings.flatMap { ["--set", $0] }
    try process.run()
    let client = try client(loop)
    for _ in 0..<3_000 {
      if let answer = try? await client.send(ClientRequest(.get, "/health/ready")) {
        _ = try? await answer.body.collect(upTo: 1 << 20)
        if answer.status == .ok { return }
      }
      try await Task.sleep(for: .milliseconds(10))
    }
    process.terminate()
    throw NotStarted()
  }

  func client(_ loop: EventLoop) throws -> HTTPClient {
    HTTPClient(try SocketAddress(parsing: "127.0.0.1:\(port)"), loop: loop)
  }

  /// Bytes.
  var residentMemory: Int {
    let text = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/statm", encoding: .utf8)) ?? ""
    return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * Int(getpagesize())
  }

  func kill() {
    Glibc.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// - Returns: its exit status.
  func terminate() -> Int32 {
    process.terminate()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
