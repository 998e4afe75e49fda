import EventLoop
import Foundation
import TestSupport

/// The echo server of Benchmarks as a process of its own.
final class EchoProgram: Sendable {
  let address: SocketAddress
  private let process: Process
  private let ends: AsyncStream<Int32>

  private init(descriptors: Int?, socket: String) throws {
    address = .unix(path: socket)
    process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let limit = descriptors.map { "ulimit -n \($0); " } ?? ""
    process.arguments = ["-c", "\(limit)exec \"$0\" \"unix:$1\" >/dev/null", Self.program, socket]
    let (ends, continuation) = AsyncStream<Int32>.makeStream()
    self.ends = ends
    process.terminationHandler = { process in
      continuation.yield(process.terminationStatus)
      continuation.finish()
    }
    try process.run()
  }

  /// Beside the test bundle, where the build puts both.
  private static var program: String {
    URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("echo-server").path
  }

  static func run(
    descriptors: Int? = nil, _ body: (EchoProgram, EventLoop) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    let loop = try EventLoop.start()
    defer { loop.stop() }
    let program = try EchoProgram(descriptors: descriptors, socket: folder.path + "/s")
    defer { if program.process.isRunning { kill(program.process.processIdentifier, SIGKILL) } }
    try await eventually {
      (try? await AsyncSocket.connect(to: program.address, on: loop, within: .seconds(20))) != nil
    }
    try await body(program, loop)
  }

  /// What its descriptors are open on, as the kernel tells it: paths, and kinds such as `anon_inode:[eventpoll]`.
  var descriptors: [String] {
    let folder = "/proc/\(process.processIdentifier)/fd"
    let numbers = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return numbers.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: folder + "/" + $0) }
  }

  func terminate() { process.terminate() }

  func exitStatus() async throws -> Int32 {
    for await status in ends { return status }
    return process.terminationStatus
  }
}
